import java.nio.file.Path;
import sequor.tasks.translate.Translator;

/// Says a sentence in another language, and what else it could have said: `java … Translates.java
/// runs/bakery "…"`
class Translates {
  public static void main(String[] arguments) {
    var translator = Translator.load(Path.of(arguments[0]));
    System.out.println(translator.translate(arguments[1]).text());
    for (var other : translator.withBeam(8).translate(arguments[1]).hypotheses()) {
      System.out.printf("%.3f %s%n", other.score(), other.text());
    }
  }
}
