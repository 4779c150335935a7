import java.nio.file.Path;
import java.util.List;
import sequor.tasks.tag.Tagger;

/// Finds what an order is of, and where in the text it stands: `java … Finds.java runs/orders "…"`
class Finds {
  public static void main(String[] arguments) {
    var tagger = Tagger.load(Path.of(arguments[0]));
    var said = tagger.tag(arguments[1]);
    for (int i = 0; i < said.tags().size(); i++) {
      int start = said.words().starts().get(i);
      int end = said.words().ends().get(i);
      System.out.println(
          start + " " + arguments[1].substring(start, end) + " " + said.tags().get(i));
    }
    System.out.println(tagger.tag(List.of("Ortega", "needs", "rye", ".")).tags());
  }
}
