package sequor.recipes;

import java.nio.file.Path;
import java.util.Optional;
import sequor.store.AtomicFile;

/// A drawing that can be written as SVG and as PNG, both from the same calls.
///
/// ```java
/// curves.save(folder, "curves").ifPresent(log::println); // curves.svg and curves.png
/// ```
public interface Picture {
  /// In points; a PNG has two pixels a point.
  int width();

  /// In points.
  int height();

  /// What the picture is of.
  String title();

  void draw(Canvas canvas);

  /// The picture as an SVG file. This always works: no fonts are needed.
  default String svg() {
    return SvgCanvas.draw(this);
  }

  /// The picture as a PNG file.
  ///
  /// @throws UnsupportedOperationException when this machine cannot draw, as where no fonts are
  ///   installed; the message is one line that says what to do. A report should go on without it
  default byte[] png() {
    return BitmapCanvas.png(this);
  }

  /// Writes `name.svg` and, where this machine can draw it, `name.png`.
  ///
  /// @return why there is no PNG, in one line; empty when there is one
  /// @throws sequor.store.StoreException when a file cannot be written
  default Optional<String> save(Path folder, String name) {
    AtomicFile.write(folder.resolve(name + ".svg"), svg());
    byte[] png;
    try {
      png = png();
    } catch (UnsupportedOperationException e) {
      return Optional.of(name + ".png: " + e.getMessage());
    }
    AtomicFile.write(folder.resolve(name + ".png"), png);
    return Optional.empty();
  }
}
