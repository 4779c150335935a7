package sequor.tasks.forecast;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import sequor.data.DataException;
import sequor.data.Row;
import sequor.settings.Settings;

/// Reads the times of a file, all of which are written as the first is.
///
/// By the clocks of a zone, an hour that is skipped in spring is refused, and one that comes twice
/// in autumn is first the earlier and then the later.
final class Clock {
  private final String column;
  private final ZoneId zone;
  private final boolean zoned; // whether somebody said so
  private final Map<String, ZonedDateTime> known = new HashMap<>(); // most series share their times
  private Optional<TimeForm> form = Optional.empty(); // none before the first row

  Clock(Settings data, SeriesSettings settings) {
    this.column = settings.time();
    this.zoned = !settings.zone().isEmpty();
    try {
      this.zone = zoned ? ZoneId.of(settings.zone()) : ZoneOffset.UTC;
    } catch (DateTimeException e) {
      throw data.wrong(
          "zone",
          "expected a zone such as Europe/Berlin, or none, got \"%s\"; write one",
          settings.zone());
    }
  }

  ZoneId zone() {
    return zone;
  }

  boolean isZoned() {
    return zoned || form().hasOffset();
  }

  /// How times are written here; as mere numbers where there are none.
  TimeForm form() {
    return form.orElse(TimeForm.NUMBER);
  }

  /// The time of a row: seconds since 1970, or a mere number.
  ///
  /// @param hasIt whether the series of the row has a time already
  /// @throws DataException if it is none
  long time(Row row, BiPredicate<Row, Long> hasIt) {
    String text = row.field(column).strip();
    if (form.isEmpty()) {
      form = Optional.of(first(row, text));
    }
    if (form().isNumber()) {
      return number(row, text);
    }
    var time = known.get(text);
    if (time == null) {
      time = read(row, text);
      known.put(text, time);
    }
    var later = time.withLaterOffsetAtOverlap();
    boolean twice = !form().hasOffset() && !later.equals(time);
    return twice && hasIt.test(row, time.toEpochSecond())
        ? later.toEpochSecond()
        : time.toEpochSecond();
  }

  private TimeForm first(Row row, String text) {
    return TimeForm.of(text).orElseThrow(() -> wrong(row, text, TimeForm.advice(text)));
  }

  private long number(Row row, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw wrong(row, text, "write a whole number, as the first row has one");
    }
  }

  private ZonedDateTime read(Row row, String text) {
    try {
      if (form().hasOffset()) {
        return form().offset(text).atZoneSameInstant(zone);
      }
      var local = form().local(text);
      requireReal(row, local);
      return local.atZone(zone);
    } catch (DateTimeException e) {
      boolean same = TimeForm.of(text).filter(form()::equals).isPresent();
      throw wrong(
          row,
          text,
          same || TimeForm.of(text).isEmpty()
              ? same ? "there is no such day or hour; mend it" : TimeForm.advice(text)
              : "write all as the first row has it");
    }
  }

  private void requireReal(Row row, LocalDateTime local) {
    if (zone.getRules().getValidOffsets(local).isEmpty()) {
      throw wrong(
          row,
          local.toString().replace('T', ' '),
          "clocks in %s skip that hour; mend it, or name another zone (data.zone)".formatted(zone));
    }
  }

  private DataException wrong(Row row, String text, String advice) {
    return new DataException(
        "%s: expected a time in column %s, got '%s'; %s"
            .formatted(row.place(), column, text, advice));
  }
}
