package sequor.charts;

import static java.util.Objects.requireNonNull;

import java.util.List;
import sequor.charts.Canvas.Anchor;
import sequor.charts.Canvas.Stroke;
import sequor.charts.Canvas.Style;

/// Which class was taken for which: a row for each true class, a column for each predicted one.
///
/// ```java
/// var picture = ConfusionPicture.of("surname-best, test split", labels, matrix::count);
/// ```
///
/// A cell is shaded by its share of the row, so that rare classes are seen as well as frequent
/// ones; written in it is that share in percent. At the right end of a row stands how many examples
/// it has.
public final class ConfusionPicture implements Picture {
  private static final double MOST_FOR_LABELS = 130;
  private static final double TOP = 64;
  private static final double FOOT = 34;
  private static final double RIGHT = 64; // for the number of examples
  private static final double LEAST_FOR_NUMBERS = 20; // a smaller cell has no room for "100"

  private final String title;
  private final List<String> labels;
  private final long[][] counts; // (target, predicted)
  private final double cell;
  private final Style labelStyle;
  private final double labelWidth;
  private final double slant; // of the labels below

  private ConfusionPicture(String title, List<String> labels, long[][] counts) {
    this.title = title;
    this.labels = labels;
    this.counts = counts;
    this.cell = Math.clamp(640.0 / labels.size(), 9, 80);
    this.slant = cell < LEAST_FOR_NUMBERS ? -90 : -45; // side by side, slanted ones need more room
    this.labelStyle = Style.of(Math.min(13, cell * 0.85));
    this.labelWidth =
        Math.min(MOST_FOR_LABELS, labels.stream().mapToDouble(this::width).max().orElse(0));
  }

  /// How often a class was taken for a class.
  @FunctionalInterface
  public interface Counts {
    long count(int target, int predicted);
  }

  /// @param labels what the classes are called, by number
  public static ConfusionPicture of(String title, List<String> labels, Counts counts) {
    requireNonNull(title);
    if (labels.isEmpty()) {
      throw new IllegalArgumentException(
          "confusion picture: expected labels, got none; give the name of each class");
    }
    long[][] copy = new long[labels.size()][labels.size()];
    for (int target = 0; target < copy.length; target++) {
      for (int predicted = 0; predicted < copy.length; predicted++) {
        copy[target][predicted] = counts.count(target, predicted);
      }
    }
    return new ConfusionPicture(title, List.copyOf(labels), copy);
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public int width() {
    return (int) Math.max(420, Math.ceil(left() + side() + RIGHT));
  }

  @Override
  public int height() {
    return (int) Math.ceil(TOP + side() + heightOfColumnLabels() + FOOT);
  }

  @Override
  public void draw(Canvas canvas) {
    canvas.text(TextWidth.fit(title, 17, width() - 40), 20, 29, Style.of(17).strong());
    for (int target = 0; target < labels.size(); target++) {
      row(canvas, target);
    }
    grid(canvas);
    for (int i = 0; i < labels.size(); i++) {
      labels(canvas, i);
    }
    Style heading = Style.of(13).strong().at(Anchor.MIDDLE);
    canvas.text("true class", 24, TOP + side() / 2, heading.turned(-90));
    canvas.text("predicted class", left() + side() / 2, height() - 14, heading);
    canvas.text("examples", left() + side() + 8, TOP - 8, Style.of(11).in(Ink.FAINT));
    canvas.text("percent of each row", left(), TOP - 8, Style.of(11).in(Ink.FAINT));
  }

  private void row(Canvas canvas, int target) {
    long examples = 0;
    for (long count : counts[target]) {
      examples += count;
    }
    double y = TOP + target * cell;
    for (int predicted = 0; predicted < labels.size(); predicted++) {
      if (counts[target][predicted] == 0) {
        continue; // paper as it is: what never happened needs no number
      }
      double share = (double) counts[target][predicted] / examples;
      double x = left() + predicted * cell;
      canvas.rectangle(x, y, cell, cell, Ink.shade(Math.max(0.04, share)));
      if (cell >= LEAST_FOR_NUMBERS) {
        canvas.text(percent(share), x + cell / 2, middle(y, numbers()), cellStyle(share));
      }
    }
    Style style = Style.of(labelStyle.size()).in(Ink.FAINT);
    canvas.text("" + examples, left() + side() + 8, middle(y, style), style);
  }

  private void grid(Canvas canvas) {
    for (int i = 0; i <= labels.size(); i++) {
      double x = left() + i * cell;
      double y = TOP + i * cell;
      canvas.line(x, TOP, x, TOP + side(), Stroke.of(Ink.GRID, 1));
      canvas.line(left(), y, left() + side(), y, Stroke.of(Ink.GRID, 1));
    }
  }

  private void labels(Canvas canvas, int i) {
    String label = TextWidth.fit(labels.get(i), labelStyle.size(), MOST_FOR_LABELS);
    Style style = labelStyle.at(Anchor.END);
    canvas.text(label, left() - 8, middle(TOP + i * cell, style), style);
    double x = left() + (i + 0.5) * cell + style.size() * 0.36;
    canvas.text(label, x, TOP + side() + (slant < -45 ? 8 : 14), style.turned(slant));
  }

  private Style numbers() {
    return Style.of(Math.min(14, cell * 0.36)).at(Anchor.MIDDLE);
  }

  private Style cellStyle(double share) {
    return numbers().in(Ink.shade(share).on());
  }

  private static String percent(double share) {
    return share < 0.005 ? "<1" : Long.toString(Math.round(100 * share));
  }

  /// The base line of a text in the middle of the cell that begins at `y`.
  private double middle(double y, Style style) {
    return y + cell / 2 + style.size() * 0.36;
  }

  private double left() {
    return 40 + labelWidth + 8;
  }

  private double side() {
    return cell * labels.size();
  }

  private double heightOfColumnLabels() {
    return 18 + labelWidth * Math.sin(Math.toRadians(-slant));
  }

  private double width(String label) {
    return TextWidth.width(label, labelStyle.size());
  }
}
