package sequor.house;

import static org.assertj.core.api.Assertions.assertThat;
import static sequor.house.Repository.ROOT;

import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the documents name must exist.
class DocumentsTest {
  private static final List<String> DOCUMENTS =
      List.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md");
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  @Test
  void everyPathNamedInADocumentExists() {
    for (var document : DOCUMENTS) {
      String text = Repository.text(ROOT.resolve(document));
      assertThat(Stream.concat(paths(text), links(text)))
          .as("paths in " + document)
          .allSatisfy(path -> assertThat(ROOT.resolve(path)).exists());
    }
  }

  @Test
  void everyClassNamedInTheArchitectureExists() {
    var sources = Repository.javaFiles(ROOT);
    var names =
        CODE.matcher(Repository.text(ROOT.resolve("ARCHITECTURE.md")))
            .results()
            .map(match -> match.group(1))
            .filter(code -> code.matches("[A-Z][a-z]\\w+"));
    assertThat(names)
        .allSatisfy(name -> assertThat(sources).anyMatch(file -> file.endsWith(name + ".java")));
  }

  @Test
  void everyDecisionHasAReasonAndAPrice() throws java.io.IOException {
    try (var decisions = Files.list(ROOT.resolve("docs/decisions"))) {
      assertThat(decisions.filter(file -> file.toString().endsWith(".md")))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(Repository.text(file).toLowerCase(Locale.ROOT))
                      .as(file.getFileName().toString())
                      .contains("we gave up"));
    }
  }

  /// What stands in code quotes, has a slash and looks like a path of this checkout.
  private static Stream<String> paths(String text) {
    return CODE.matcher(text)
        .results()
        .map(match -> match.group(1))
        .filter(code -> code.matches("[\\w.-]+(/[\\w.-]+)+/?"))
        .filter(code -> !code.startsWith("runs/") && !code.startsWith("sequor."));
  }

  private static Stream<String> links(String text) {
    return LINK.matcher(text).results().map(match -> match.group(1));
  }
}
