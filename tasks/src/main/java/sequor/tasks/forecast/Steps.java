package sequor.tasks.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import sequor.data.DataException;
import sequor.tasks.forecast.SeriesSettings.Duplicates;
import sequor.tasks.forecast.SeriesSettings.Missing;

/// Puts what was written of each series on the steps of a timeline, and settles what is open.
final class Steps {
  private static final int SHOWN = 3;

  private final String source;
  private final SeriesSettings settings;
  private final Timeline timeline;
  private final boolean summerTime; // whether an hour without a number may be that of a clock
  private final List<String> off = new ArrayList<>(); // between two steps
  private final List<String> twice = new ArrayList<>();
  private final List<String> gaps = new ArrayList<>();
  private int unsorted;
  private long duplicates;
  private long missing;

  Steps(String source, SeriesSettings settings, Timeline timeline, Clock clock) {
    this.source = source;
    this.settings = settings;
    this.timeline = timeline;
    this.summerTime = timeline.frequency().unit() == Frequency.Unit.SECOND && !clock.isZoned();
  }

  /// A series on its steps; none of one that has no number at all.
  Optional<Series> series(String name, Written written) {
    int[] steps = steps(written);
    Integer[] order = order(written, steps);
    var numbers = Arrays.stream(order).filter(row -> !Float.isNaN(written.value(row))).toList();
    if (numbers.isEmpty()) {
      return Optional.empty();
    }
    int first = steps[numbers.getFirst()];
    int end = steps[numbers.getLast()] + 1;
    float[] values = new float[end - first];
    Arrays.fill(values, Float.NaN);
    int[] counts = new int[values.length];
    for (int row : numbers) {
      int at = steps[row] - first;
      if (counts[at]++ > 0) {
        twice(name, written.line(row), steps[row]);
      }
      values[at] = counts[at] == 1 ? written.value(row) : joined(values[at], written.value(row));
    }
    for (int at = 0; at < values.length; at++) {
      values[at] =
          settings.duplicates() == Duplicates.MEAN && counts[at] > 1
              ? values[at] / counts[at]
              : values[at];
    }
    gaps(name, first, values);
    var known = known(written, steps, order, first);
    return Optional.of(new Series(name, first, values, filled(values), known, written.statics()));
  }

  /// The step of each row; a row between two steps counts as none.
  private int[] steps(Written written) {
    int[] steps = new int[written.size()];
    for (int row = 0; row < steps.length; row++) {
      long time = written.time(row);
      int line = written.line(row);
      var step = timeline.step(time);
      if (step.isEmpty()) {
        off.add("%s:%d (%s)".formatted(source, line, timeline.written(time)));
      }
      steps[row] = step.orElse(0);
    }
    return steps;
  }

  /// The rows in the order of their steps; those of one step as in the file.
  private Integer[] order(Written written, int[] steps) {
    var order = IntStream.range(0, written.size()).boxed().toArray(Integer[]::new);
    boolean sorted = true;
    for (int row = 1; row < steps.length; row++) {
      sorted &= steps[row] >= steps[row - 1];
    }
    if (!sorted) {
      unsorted++;
      Arrays.sort(order, Comparator.comparingInt(row -> steps[row]));
    }
    return order;
  }

  private void twice(String name, int line, int step) {
    duplicates++;
    if (twice.size() < SHOWN) {
      twice.add("%s:%d (%s, %s)".formatted(source, line, name, timeline.name(step)));
    }
  }

  private float joined(float value, float other) {
    return switch (settings.duplicates()) {
      case REFUSE, FIRST -> value;
      case LAST -> other;
      case MEAN, SUM -> value + other;
    };
  }

  private void gaps(String name, int first, float[] values) {
    for (int at = 0; at < values.length; at++) {
      if (!Float.isNaN(values[at])) {
        continue;
      }
      int from = at;
      while (Float.isNaN(values[at])) { // the last is a number
        at++;
      }
      missing += at - from;
      if (gaps.size() < SHOWN) {
        String one = timeline.name(first + from);
        gaps.add(
            at - from == 1
                ? "%s of %s".formatted(one, name)
                : "%s to %s of %s".formatted(one, timeline.name(first + at - 1), name));
      }
    }
  }

  /// What stands in for numbers that are missing between others.
  private float[] filled(float[] values) {
    float[] filled = values.clone();
    int last = 0;
    for (int at = 1; at < values.length; at++) {
      if (Float.isNaN(values[at])) {
        continue;
      }
      for (int gap = last + 1; gap < at; gap++) {
        float share = (float) (gap - last) / (at - last);
        filled[gap] =
            switch (settings.missing()) {
              case ZERO -> 0;
              case HOLD -> values[last];
              case REFUSE, INTERPOLATE -> values[last] + share * (values[at] - values[last]);
            };
      }
      last = at;
    }
    return filled;
  }

  /// From the first number on, without a gap, as far as it is known. // (K, T or more)
  private float[][] known(Written written, int[] steps, Integer[] order, int first) {
    int columns = settings.known().size();
    int end = order.length == 0 ? first : steps[order[order.length - 1]] + 1;
    float[][] known = new float[columns][end - first];
    for (int k = 0; k < columns; k++) {
      Arrays.fill(known[k], Float.NaN);
      for (int row : order) {
        if (steps[row] >= first) {
          known[k][steps[row] - first] = written.known(k, row);
        }
      }
      for (int at = 1; at < known[k].length; at++) { // of a step without a row
        known[k][at] = Float.isNaN(known[k][at]) ? known[k][at - 1] : known[k][at];
      }
    }
    return known;
  }

  /// Refuses what is to be refused, by line.
  ///
  /// @throws DataException if there is something
  void refuse() {
    if (!off.isEmpty()) {
      throw new DataException(
          "%s: expected times %s, got others: %s; mend them, or say how far apart they are"
                  .formatted(source, timeline, shown(off, off.size()))
              + " (data.frequency=hour, 15 minutes, day, …)");
    }
    if (duplicates > 0 && settings.duplicates() == Duplicates.REFUSE) {
      throw new DataException(
          "%s: expected one number of each step, got more: %s; keep the first, the last, the mean or the"
                  .formatted(source, shown(twice, duplicates))
              + " sum (data.duplicates=sum), or say whose they are (data.series=COLUMN)");
    }
    if (missing > 0 && settings.missing() == Missing.REFUSE) {
      throw new DataException(
          "%s: expected a number %s, got none for %s; fill them in (data.missing=interpolate, hold or"
                  .formatted(source, timeline, shown(gaps, missing))
              + " zero)"
              + (summerTime
                  ? ", or, where clocks were put forward, say whose (data.zone=Europe/Berlin)"
                  : ""));
    }
  }

  private static String shown(List<String> some, long all) {
    var first = some.stream().limit(SHOWN).toList();
    return String.join(", ", first) + (all > first.size() ? ", … (%,d in all)".formatted(all) : "");
  }

  /// What was settled.
  List<String> found() {
    var found = new ArrayList<String>();
    if (unsorted > 0) {
      found.add(
          "rows of %,d series were not in the order of time, and are now".formatted(unsorted));
    }
    if (duplicates > 0) {
      found.add(
          "%,d steps had more than one number (%s): %s"
              .formatted(duplicates, shown(twice, duplicates), word(settings.duplicates().name())));
    }
    if (missing > 0) {
      found.add(
          "%,d steps had no number (%s): %s, read, but never judged"
              .formatted(missing, shown(gaps, missing), word(settings.missing().name())));
    }
    return found;
  }

  private static String word(String constant) {
    return constant.toLowerCase(Locale.ROOT);
  }
}
