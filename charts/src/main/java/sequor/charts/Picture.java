package sequor.charts;

/// A drawing that is written as SVG.
///
/// ```java
/// Files.writeString(folder.resolve("curves.svg"), curves.svg());
/// ```
public interface Picture {
  /// In points.
  int width();

  /// In points.
  int height();

  /// What the picture is of.
  String title();

  void draw(Canvas canvas);

  /// The picture as an SVG file. No fonts are needed.
  default String svg() {
    return SvgCanvas.draw(this);
  }
}
