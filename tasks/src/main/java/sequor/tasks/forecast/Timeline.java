package sequor.tasks.forecast;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import sequor.tasks.TaskException;
import sequor.tasks.forecast.Frequency.Unit;

/// Times that are equally far apart: step 0, 1, 2, … of a clock or a calendar, and on without an
/// end.
///
/// A time is a `long`: seconds since 1970, or, where there is no calendar, the number itself.
///
/// @param origin the time of step 0
/// @param form how times are written
/// @param monthEnds whether a month is named by its last day
record Timeline(long origin, Frequency frequency, ZoneId zone, TimeForm form, boolean monthEnds) {

  /// Steps 1, 2, 3, … of what has no times.
  static Timeline counted() {
    return counted(1, 1);
  }

  private static Timeline counted(long origin, int stride) {
    var frequency = new Frequency(stride, Unit.STEP);
    return new Timeline(origin, frequency, ZoneId.of("UTC"), TimeForm.NUMBER, false);
  }

  /// The timeline that these times are on.
  ///
  /// @param rising different times
  /// @param frequency `auto` to find it
  /// @throws TaskException if one time alone does not tell how far it is to the next
  static Timeline of(long[] rising, String frequency, ZoneId zone, TimeForm form) {
    boolean auto = frequency.equals("auto");
    if (rising.length < 2 && auto) {
      throw new TaskException(
          "frequency: expected two times or more to find it by, got %d; say it, such as data.frequency=day"
              .formatted(rising.length));
    }
    if (form.isNumber()) {
      int stride = auto ? Math.toIntExact(Frequency.usual(rising)) : numbers(frequency);
      return counted(rising[0], stride);
    }
    var days = days(rising, zone);
    var found = auto ? Frequency.found(days, rising) : Frequency.of(frequency);
    boolean monthEnds =
        found.unit() == Unit.MONTH
            && days.stream().allMatch(Frequency::isMonthEnd)
            && days.stream().mapToInt(LocalDate::getDayOfMonth).distinct().count() > 1;
    return new Timeline(rising[0], found, zone, form, monthEnds);
  }

  private static int numbers(String frequency) {
    var asked = Frequency.of(frequency);
    if (asked.unit() != Unit.STEP) {
      throw new TaskException(
          "frequency: expected auto or steps where times are numbers, got \"%s\"; name a column of dates, or"
                  .formatted(frequency)
              + " leave it out");
    }
    return asked.count();
  }

  /// The days of times that are all at one hour of the day; none of others.
  private static List<LocalDate> days(long[] times, ZoneId zone) {
    var all = LongStream.of(times).mapToObj(time -> at(time, zone)).toList();
    boolean oneHour = all.stream().map(ZonedDateTime::toLocalTime).distinct().count() == 1;
    return oneHour ? all.stream().map(ZonedDateTime::toLocalDate).toList() : List.of();
  }

  private static ZonedDateTime at(long seconds, ZoneId zone) {
    return Instant.ofEpochSecond(seconds).atZone(zone);
  }

  /// Whether its steps have dates.
  boolean hasCalendar() {
    return frequency.unit() != Unit.STEP;
  }

  /// The step at that time, before or after the first; none of a time between two steps.
  OptionalInt step(long time) {
    int count = frequency.count();
    long step =
        switch (frequency.unit()) {
          case STEP, SECOND -> Math.floorDiv(time - origin, count);
          case DAY -> Math.floorDiv(ChronoUnit.DAYS.between(day(origin), day(time)), count);
          case WEEKDAY -> Math.floorDiv(weekdays(day(time)) - weekdays(day(origin)), count);
          case MONTH -> Math.floorDiv(months(day(time)) - months(day(origin)), count);
        };
    boolean fits = Math.abs(step) <= Integer.MAX_VALUE / 2 && time((int) step) == time;
    return fits ? OptionalInt.of((int) step) : OptionalInt.empty();
  }

  private LocalDate day(long time) {
    return at(time, zone).toLocalDate();
  }

  private static long months(LocalDate day) {
    return 12L * day.getYear() + day.getMonthValue();
  }

  /// Weekdays since a Monday; a weekend counts as the Monday behind it.
  private static long weekdays(LocalDate day) {
    long sinceMonday = day.toEpochDay() + 3; // 1970-01-01 was a Thursday
    return 5 * Math.floorDiv(sinceMonday, 7) + Math.min(5, Math.floorMod(sinceMonday, 7));
  }

  /// The time of a step.
  long time(int step) {
    long count = (long) frequency.count() * step;
    return switch (frequency.unit()) {
      case STEP, SECOND -> origin + count;
      case DAY -> at(origin, zone).plusDays(count).toEpochSecond();
      case WEEKDAY -> {
        long weekday = weekdays(day(origin)) + count;
        long sinceMonday = 7 * Math.floorDiv(weekday, 5) + Math.floorMod(weekday, 5);
        long days = sinceMonday - 3 - day(origin).toEpochDay();
        yield at(origin, zone).plusDays(days).toEpochSecond();
      }
      case MONTH -> {
        var month = at(origin, zone).plusMonths(count);
        int last = month.toLocalDate().lengthOfMonth();
        yield (monthEnds ? month.withDayOfMonth(last) : month).toEpochSecond();
      }
    };
  }

  /// The date of a step.
  ///
  /// @throws IllegalStateException if it has none
  ZonedDateTime date(int step) {
    if (!hasCalendar()) {
      throw new IllegalStateException("steps without a calendar");
    }
    return at(time(step), zone);
  }

  /// The time of a step, written as in the file.
  String name(int step) {
    return written(time(step));
  }

  /// A time, written as in the file.
  String written(long time) {
    return hasCalendar() ? form.write(at(time, zone)) : Long.toString(time);
  }

  /// The same times, counted from another step.
  Timeline from(int step) {
    return new Timeline(time(step), frequency, zone, form, monthEnds);
  }

  @Override
  public String toString() {
    return "every %s from %s".formatted(frequency, name(0));
  }

  /// Different times of some, rising.
  static long[] rising(LongStream times) {
    long[] all = times.distinct().toArray();
    Arrays.sort(all);
    return all;
  }
}
