package sequor.recipes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import sequor.AtomicFile;
import sequor.charts.HeatMapPicture;
import sequor.tasks.HeatMap;

/// A picture of heat maps, as SVG or PNG.
///
/// ```java
/// new HeatMaps("where the translation looked", "Ein Hund.", maps).write(Path.of("seen.svg"));
/// ```
///
/// Maps of one scale stand in one picture with one legend; their numbers are shaded by the widest
/// of their scales.
///
/// @param about what stands below the title
/// @param maps one or more
public record HeatMaps(String title, String about, List<HeatMap> maps) {
  private static final String SVG = ".svg";
  private static final String PNG = ".png";

  public HeatMaps {
    maps = List.copyOf(maps);
  }

  /// Whether a file is one that can be written, by its name.
  public static boolean draws(Path file) {
    return endsWith(file, SVG) || endsWith(file, PNG);
  }

  /// Writes the picture, as its name says.
  ///
  /// @return what somebody should know of it
  /// @throws RecipeException if it is neither SVG nor PNG, or this machine cannot draw a PNG
  /// @throws sequor.FileException if it cannot be written
  public List<String> write(Path file) {
    if (!draws(file)) {
      throw new RecipeException(
          "%s: expected a picture, .svg or .png, got another ending; rename it".formatted(file));
    }
    var picture = picture();
    if (endsWith(file, SVG)) {
      AtomicFile.write(file, picture.svg());
      return List.of();
    }
    var png = Png.of(picture, file);
    AtomicFile.write(file, stream -> stream.write(png.bytes()));
    return png.notices();
  }

  private static boolean endsWith(Path file, String ending) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }

  private HeatMapPicture picture() {
    var scale = scale();
    var legend =
        new HeatMapPicture.Legend(
            scale.meaning(), number(scale.least()), number(scale.most()), scale.isSigned());
    return new HeatMapPicture(
        title, about, legend, maps.stream().map(map -> panel(map, scale)).toList());
  }

  private HeatMap.Scale scale() {
    return new HeatMap.Scale(
        maps.getFirst().scale().meaning(),
        maps.stream().mapToDouble(map -> map.scale().least()).min().orElse(0),
        maps.stream().mapToDouble(map -> map.scale().most()).max().orElse(1));
  }

  private static HeatMapPicture.Panel panel(HeatMap map, HeatMap.Scale scale) {
    var cells = new ArrayList<List<HeatMapPicture.Cell>>();
    for (var row : map.values()) {
      cells.add(
          row.stream()
              .map(value -> new HeatMapPicture.Cell(scale.share(value), number(value)))
              .toList());
    }
    return new HeatMapPicture.Panel(map.title(), labels(map.rows()), labels(map.columns()), cells);
  }

  private static HeatMapPicture.Labels labels(HeatMap.Axis axis) {
    return new HeatMapPicture.Labels(axis.name(), axis.labels());
  }

  /// Two digits behind the point, fewer of large numbers.
  private static String number(double value) {
    double size = Math.abs(value);
    String shown =
        String.format(Locale.ROOT, size < 9.995 ? "%.2f" : size < 99.95 ? "%.1f" : "%.0f", value);
    return shown.matches("-0(\\.0+)?") ? shown.substring(1) : shown.replace('-', '−');
  }
}
