package sequor.tasks.forecast;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Goes through a table as somebody meets it: at each time the model says what comes, having read
/// all before, and learns how wrong it was as soon as that is known. Its parameters stay as they
/// are.
final class WalkForward {
  private static final int AT_ONCE = 1024; // windows

  private final Sayer sayer;
  private final ForecastModel model;
  private final Timeline timeline;
  private final List<Scaled> series;

  WalkForward(Sayer sayer, ForecastModel model, Timeline timeline, List<Scaled> series) {
    this.sayer = sayer;
    this.model = model;
    this.timeline = timeline;
    this.series = series;
  }

  /// What was said of a window, scaled.
  ///
  /// @param which series
  /// @param at the first step that is said
  /// @param said (H·Q)
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Step(int which, int at, float[] said) {}

  /// Says something of each window, in order.
  void through(Windows windows, int steps, Consumer<Step> action) {
    for (int from = 0; from < windows.size(); from += AT_ONCE) {
      int to = Math.min(windows.size(), from + AT_ONCE);
      var asked = new ArrayList<Sayer.Asked>();
      for (int w = from; w < to; w++) {
        asked.add(new Sayer.Asked(series.get(windows.series(w)), timeline, windows.at(w)));
      }
      float[][] said = sayer.said(asked, steps);
      for (int w = from; w < to; w++) {
        action.accept(new Step(windows.series(w), windows.at(w), said[w - from]));
      }
    }
  }

  /// How good the points are that are said of some windows.
  Judgement points(Windows windows, int valid) {
    var judgement = judgement(valid);
    points(windows, judgement);
    return judgement;
  }

  /// Judges the points that are said of some more windows.
  void points(Windows windows, Judgement judgement) {
    through(
        windows,
        model.horizon(),
        step -> {
          var scale = series.get(step.which).scale();
          double[] values =
              IntStream.range(0, model.horizon())
                  .mapToDouble(h -> scale.value(middle(step.said, h)))
                  .toArray();
          judgement.add(step.which, step.at, values);
        });
  }

  /// A judgement of nothing yet.
  ///
  /// @param valid the step behind the training part
  Judgement judgement(int valid) {
    return new Judgement(series, valid, model.season(), model.horizon(), model.coverage());
  }

  /// How wrong what is said of some windows is, before there are margins.
  Margins.Scores scores(Windows windows) {
    int count = windows.size();
    int[] times = new int[count];
    float[][] scores = new float[count][model.horizon()];
    var widths = new EnumMap<Margins.Width, double[]>(Margins.Width.class);
    for (var width : Margins.Width.values()) {
      widths.put(width, new double[count]);
    }
    int[] next = new int[1];
    through(
        windows,
        model.horizon(),
        step -> {
          int i = next[0]++;
          times[i] = step.at;
          widths.forEach((width, of) -> of[i] = width(width, step));
          for (int h = 0; h < model.horizon(); h++) {
            scores[i][h] = (float) score(step, h);
          }
        });
    return new Margins.Scores(times, scores, widths);
  }

  /// Gives each window its intervals, and goes on with the margins.
  void intervals(Following following, Margins.Width width, Windows windows, Consumer<Told> action) {
    through(
        windows,
        model.horizon(),
        step -> {
          following.at(step.at);
          var scale = series.get(step.which).scale();
          double unit = width(width, step);
          double[] values = new double[model.horizon()];
          double[] low = new double[model.horizon()];
          double[] high = new double[model.horizon()];
          for (int h = 0; h < values.length; h++) {
            double margin = following.margin(h) * unit;
            values[h] = scale.value(middle(step.said, h));
            low[h] = Math.min(values[h], scale.value(low(step.said, h) - margin));
            high[h] = Math.max(values[h], scale.value(high(step.said, h) + margin));
            double score = score(step, h);
            if (!Double.isNaN(score)) {
              following.came(h, score > margin);
            }
          }
          action.accept(new Told(step.which, step.at, new Judgement.Said(values, low, high)));
        });
  }

  /// What was said of a window, in the unit of its series.
  record Told(int which, int at, Judgement.Said said) {}

  private double width(Margins.Width width, Step step) {
    return width.of(series.get(step.which).window(step.at, model.lookBack()), model.season());
  }

  /// How far a number is outside of what was said; below 0 inside; not a number where nobody knows.
  private double score(Step step, int h) {
    var one = series.get(step.which);
    int place = step.at + h - one.series().first();
    if (place >= one.series().length() || Float.isNaN(one.series().values()[place])) {
      return Double.NaN;
    }
    double z = one.z()[place];
    return Math.max(low(step.said, h) - z, z - high(step.said, h));
  }

  private double low(float[] said, int h) {
    return said[h * model.outputs()];
  }

  private double middle(float[] said, int h) {
    return said[h * model.outputs() + model.outputs() / 2];
  }

  private double high(float[] said, int h) {
    return said[(h + 1) * model.outputs() - 1];
  }
}
