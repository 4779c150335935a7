package sequor.tasks.forecast;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import sequor.json.Json;
import sequor.json.JsonObject;

/// How far intervals reach, by how wrong a model was on the part to validate, and from there on by
/// how often it was outside.
///
/// ```
/// score = max(low − y, y − high) / width(window)
/// margin_h = the (1 − α)-quantile of the scores of step h
/// margin_h ← margin_h + min(3/h, 1/10) · spread_h · (share outside − α), as soon as one knows
/// ```
///
/// A correction that comes h steps late must be small, or margins swing. Near the quantile the
/// share outside falls by about 0.12 where margins grow by a spread, and a loop with that delay
/// gets there fastest without swinging if it corrects 1/(e · 0.12 · h) = 3/h at a time.
///
/// Of a quantile n scores of neighbouring windows, whose errors overlap in h steps, count as n/h,
/// which makes α smaller: 1 − α becomes (1 − α) · (n/h + 1)/(n/h). Whether so much caution is
/// called for, and what a window's width is, is chosen on the part to validate: margins of its
/// first half are tried on the second, where each step should hold its share.
///
/// Sources: Vovk, Gammerman and Shafer, *Algorithmic learning in a random world* (2005); Romano,
/// Patterson and Candès, *Conformalized quantile regression* (2019), equation 6; Angelopoulos,
/// Candès and Tibshirani, *Conformal PID control* (2023), section 2.1.
///
/// @param width what scores are divided by
/// @param margins of each step // (H)
/// @param spreads the median of the scores' distances from 0 // (H)
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record Margins(Width width, double coverage, double[] margins, double[] spreads) {
  private static final double MOST_GAIN = 0.1;
  private static final double GAIN = 3;
  private static final double[] NONE = {};

  /// What scores are divided by.
  enum Width {
    /// The deviation of the whole series.
    SERIES,
    /// How much neighbouring numbers of the window differ, one season apart.
    WINDOW;

    /// @param window scaled
    double of(float[] window, int season) {
      if (this == SERIES) {
        return 1;
      }
      double sum = 0;
      int apart = season < window.length ? season : 1;
      for (int t = apart; t < window.length; t++) {
        sum += Math.abs(window[t] - window[t - apart]);
      }
      return 1e-3 + sum / Math.max(1, window.length - apart);
    }
  }

  /// How much of the spread of step h, from 0, a margin is corrected by.
  double gain(int h) {
    return Math.min(GAIN / (h + 1), MOST_GAIN);
  }

  /// None yet: intervals are points.
  static Margins none(ForecastModel model) {
    double[] nothing = new double[model.horizon()];
    return new Margins(Width.SERIES, model.coverage(), nothing, nothing);
  }

  /// Scores of windows in the order of time. // rows (windows of one time, H)
  ///
  /// @param times for each window its time, rising
  /// @param scores divided by nothing; not a number where nobody knows what came
  /// @param widths of each window, for each [Width]
  record Scores(int[] times, float[][] scores, Map<Width, double[]> widths) {
    int size() {
      return times.length;
    }

    private double[] of(Width width) {
      return widths.getOrDefault(width, NONE);
    }

    /// The scores of one step in the first windows, by that width.
    private double[] of(int h, Width width, int to) {
      return IntStream.range(0, to)
          .filter(i -> !Float.isNaN(scores[i][h]))
          .mapToDouble(i -> scores[i][h] / of(width)[i])
          .sorted()
          .toArray();
    }
  }

  /// How margins are found.
  ///
  /// @param cautious whether windows that overlap count as few
  record Way(Width width, boolean cautious) {}

  /// The margins that fit what was said of the part to validate.
  static Margins of(Scores scores, double coverage, int horizon) {
    int half = middle(scores);
    var best = new Way(Width.SERIES, true);
    double least = Double.POSITIVE_INFINITY;
    for (var width : Width.values()) {
      for (boolean cautious : new boolean[] {true, false}) {
        var way = new Way(width, cautious);
        double off = fitted(scores, way, coverage, horizon, half).off(scores, half);
        if (off < least) {
          least = off;
          best = way;
        }
      }
    }
    return fitted(scores, best, coverage, horizon, scores.size());
  }

  /// The first window of the second half of the times.
  private static int middle(Scores scores) {
    int[] times = scores.times;
    if (times.length == 0) {
      return 0;
    }
    int time = times[0] + (times[times.length - 1] - times[0] + 1) / 2;
    int half = 0;
    while (half < times.length && times[half] < time) {
      half++;
    }
    return half;
  }

  /// Those found in one way of the first windows.
  ///
  /// @param to how many
  static Margins fitted(Scores scores, Way way, double coverage, int horizon, int to) {
    double[] margins = new double[horizon];
    double[] spreads = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      double[] sorted = scores.of(h, way.width, to);
      if (sorted.length == 0) {
        margins[h] = h == 0 ? 0 : margins[h - 1];
        spreads[h] = h == 0 ? 0 : spreads[h - 1];
        continue;
      }
      double independent = way.cautious ? (double) sorted.length / (h + 1) : sorted.length;
      double share = Math.min(1, coverage * (independent + 1) / independent);
      margins[h] = sorted[(int) Math.ceil(sorted.length * share) - 1];
      double[] distances = Arrays.stream(sorted).map(Math::abs).sorted().toArray();
      spreads[h] = distances[distances.length / 2];
    }
    return new Margins(way.width, coverage, margins, spreads);
  }

  /// How far the share that is held of the windows from one on is from what it should be, in the
  /// mean of all steps, as these margins follow.
  private double off(Scores scores, int from) {
    var following = new Following(this);
    long[] inside = new long[margins.length];
    long[] all = new long[margins.length];
    for (int i = from; i < scores.size(); i++) {
      following.at(scores.times[i]);
      for (int h = 0; h < margins.length; h++) {
        double score = scores.scores[i][h] / scores.of(width)[i];
        if (!Double.isNaN(score)) {
          boolean outside = score > following.margin(h);
          following.came(h, outside);
          inside[h] += outside ? 0 : 1;
          all[h]++;
        }
      }
    }
    double off = 0;
    for (int h = 0; h < margins.length; h++) {
      off += all[h] == 0 ? 0 : Math.abs((double) inside[h] / all[h] - coverage);
    }
    return off / margins.length;
  }

  JsonObject json() {
    return Json.object()
        .with("width", width.name())
        .with("coverage", coverage)
        .with("margins", Arrays.stream(margins).boxed().toList())
        .with("spreads", Arrays.stream(spreads).boxed().toList());
  }

  static Margins of(JsonObject json) {
    return new Margins(
        Width.valueOf(json.text("width", Arrays.stream(Width.values()).map(Enum::name).toList())),
        json.number("coverage", 0, 1),
        json.array("margins").numbers(),
        json.array("spreads").numbers());
  }
}
