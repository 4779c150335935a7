package sequor.tasks.forecast;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import sequor.json.Nearest;
import sequor.tasks.TaskException;

/// How far one time is from the next: `hour`, `15 minutes`, `weekday`, `month`.
///
/// A day may have 23 hours, and a month 28 days: what counts days or months follows the calendar.
///
/// @param count of units, one or more
record Frequency(int count, Unit unit) {
  /// What is counted.
  enum Unit {
    /// Numbers without a calendar.
    STEP,
    SECOND,
    DAY,
    /// Monday to Friday.
    WEEKDAY,
    MONTH
  }

  private static final int MINUTE = 60;
  private static final int HOUR = 60 * MINUTE;
  private static final int DAY = 24 * HOUR;
  private static final Map<String, Frequency> NAMES =
      Map.of(
          "second", new Frequency(1, Unit.SECOND),
          "minute", new Frequency(MINUTE, Unit.SECOND),
          "hour", new Frequency(HOUR, Unit.SECOND),
          "day", new Frequency(1, Unit.DAY),
          "weekday", new Frequency(1, Unit.WEEKDAY),
          "week", new Frequency(7, Unit.DAY),
          "month", new Frequency(1, Unit.MONTH),
          "quarter", new Frequency(3, Unit.MONTH),
          "year", new Frequency(12, Unit.MONTH),
          "step", new Frequency(1, Unit.STEP));
  private static final List<String> LARGEST_FIRST =
      List.of("year", "quarter", "month", "week", "day", "weekday", "hour", "minute", "second");
  private static final Pattern WRITTEN = Pattern.compile("(?:([1-9]\\d{0,5}) )?([a-z]+?)s?");

  /// What people write: `day`, `15 minutes`.
  ///
  /// @throws TaskException if nobody does
  static Frequency of(String written) {
    var parts = WRITTEN.matcher(written);
    if (parts.matches() && NAMES.containsKey(parts.group(2))) {
      var one = NAMES.getOrDefault(parts.group(2), new Frequency(1, Unit.STEP));
      int times = parts.group(1) == null ? 1 : Integer.parseInt(parts.group(1));
      return new Frequency(Math.multiplyExact(one.count, times), one.unit);
    }
    var names = NAMES.keySet().stream().sorted().toList();
    throw new TaskException(
        "frequency: expected auto, or one of %s, or some of one, such as 15 minutes, got \"%s\"%s"
            .formatted(String.join(", ", names), written, Nearest.hint(written, names)));
  }

  /// The distance that is most frequent between neighbours, by the calendar where all times are at
  /// one hour of the day.
  ///
  /// @param days of the times, rising, if all are at one hour of the day; else none
  /// @param seconds of the times, rising, two or more
  static Frequency found(List<LocalDate> days, long[] seconds) {
    if (days.isEmpty()) {
      return new Frequency(Math.toIntExact(usual(seconds)), Unit.SECOND);
    }
    boolean oneDay = days.stream().mapToInt(LocalDate::getDayOfMonth).distinct().count() == 1;
    if (oneDay || days.stream().allMatch(Frequency::isMonthEnd)) {
      long[] months =
          days.stream()
              .mapToLong(day -> ChronoUnit.MONTHS.between(YearMonth.of(0, 1), YearMonth.from(day)))
              .toArray();
      return new Frequency(Math.toIntExact(usual(months)), Unit.MONTH);
    }
    long usual = usual(days.stream().mapToLong(LocalDate::toEpochDay).toArray());
    boolean noWeekends = days.stream().noneMatch(Frequency::isWeekend);
    return usual == 1 && noWeekends && days.size() > 5
        ? new Frequency(1, Unit.WEEKDAY)
        : new Frequency(Math.toIntExact(usual), Unit.DAY);
  }

  static boolean isWeekend(LocalDate day) {
    return day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0;
  }

  static boolean isMonthEnd(LocalDate day) {
    return day.getDayOfMonth() == day.lengthOfMonth();
  }

  /// The most frequent distance between neighbours, of equals the least.
  ///
  /// @param rising two or more
  static long usual(long[] rising) {
    var counts = new HashMap<Long, Integer>();
    for (int i = 1; i < rising.length; i++) {
      counts.merge(rising[i] - rising[i - 1], 1, Integer::sum);
    }
    int most = counts.values().stream().mapToInt(n -> n).max().orElse(0);
    return counts.entrySet().stream()
        .filter(each -> each.getValue() == most)
        .mapToLong(Map.Entry::getKey)
        .min()
        .orElse(1);
  }

  /// After how many steps things are likely to be as they were: a day of hours, a week of days, a
  /// year of months. 1 where nothing is known.
  int season() {
    int season =
        switch (unit) {
          case STEP -> 1;
          case SECOND -> count < DAY && DAY % count == 0 ? DAY / count : 1;
          case DAY -> count == 1 ? 7 : count == 7 ? 52 : 1;
          case WEEKDAY -> count == 1 ? 5 : 1;
          case MONTH -> count < 12 && 12 % count == 0 ? 12 / count : 1;
        };
    return season == DAY ? MINUTE : season; // of seconds nobody has seen two days
  }

  /// As [#of] reads it.
  @Override
  public String toString() {
    if (unit == Unit.STEP) {
      return count == 1 ? "step" : count + " steps";
    }
    for (var name : LARGEST_FIRST) {
      var one = NAMES.getOrDefault(name, this);
      if (one.unit == unit && count % one.count == 0) {
        int times = count / one.count;
        return times == 1 ? name : "%d %ss".formatted(times, name);
      }
    }
    throw new IllegalStateException("a unit without a name: " + Arrays.asList(unit));
  }
}
