package sequor.house;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/// A `pom.xml` of this checkout, asked by XPath below its root element.
record Pom(String module, Document document) {
  static final Pom ROOT = of(".");
  private static final String NOT_PUBLISHED =
      "profiles/profile[id='release']//excludeArtifacts/excludeArtifact";

  static Pom of(String module) {
    Path file = Repository.ROOT.resolve(module).resolve("pom.xml");
    try {
      return new Pom(
          module, DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()));
    } catch (Exception e) {
      throw new IllegalStateException(file.toString(), e);
    }
  }

  /// The modules that the root's pom lists.
  static List<Pom> modules() {
    return ROOT.texts("modules/module").stream().map(Pom::of).toList();
  }

  /// The modules that users can get; the release profile of the root's pom excludes the others.
  static List<Pom> published() {
    var excluded = notPublished();
    return modules().stream().filter(pom -> !excluded.contains(pom.artifact())).toList();
  }

  static List<String> notPublished() {
    return ROOT.texts(NOT_PUBLISHED);
  }

  String artifact() {
    return text("artifactId");
  }

  boolean isJar() {
    return !text("packaging").equals("pom");
  }

  /// The text at `path`, empty where there is none.
  String text(String path) {
    var texts = texts(path);
    return texts.isEmpty() ? "" : texts.getFirst();
  }

  List<String> texts(String path) {
    try {
      var nodes =
          (NodeList)
              XPathFactory.newInstance()
                  .newXPath()
                  .evaluate("/project/" + path, document, XPathConstants.NODESET);
      var texts = new ArrayList<String>();
      for (int i = 0; i < nodes.getLength(); i++) {
        texts.add(nodes.item(i).getTextContent().strip());
      }
      return texts;
    } catch (javax.xml.xpath.XPathExpressionException e) {
      throw new IllegalArgumentException(path, e);
    }
  }
}
