package sequor.recipes;

import java.nio.file.Path;
import java.util.List;
import sequor.AtomicFile;
import sequor.charts.PlanePicture;

/// A picture of words on a plane.
///
/// ```java
/// new WordPlane("ships", "on the sea", List.of(new Word("ship", 0.1, 0.2))).write(file);
/// ```
///
/// @param about what stands below the title
public record WordPlane(String title, String about, List<Word> words) {
  /// A word and where it lies.
  public record Word(String word, double x, double y) {}

  public WordPlane {
    words = List.copyOf(words);
  }

  /// Writes it as SVG.
  ///
  /// @throws sequor.FileException if that fails
  public void write(Path file) {
    var points =
        words.stream().map(each -> new PlanePicture.Point(each.word, each.x, each.y)).toList();
    AtomicFile.write(file, new PlanePicture(title, about, points).svg());
  }
}
