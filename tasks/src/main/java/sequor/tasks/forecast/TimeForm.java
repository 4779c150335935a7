package sequor.tasks.forecast;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// How the times of a file are written, so that those to come are written alike.
enum TimeForm {
  YEAR("\\d{4}", "uuuu"),
  MONTH("\\d{4}-\\d{2}", "uuuu-MM"),
  QUARTER("\\d{4}-?Q[1-4]", "uuuu-'Q'Q"),
  DAY("\\d{4}-\\d{2}-\\d{2}", "uuuu-MM-dd"),
  SLASHES("\\d{4}/\\d{2}/\\d{2}", "uuuu/MM/dd"),
  PLAIN("(1[5-9]|20|21)\\d{2}(0[1-9]|1[0-2])([0-2]\\d|3[01])", "uuuuMMdd"),
  MINUTE("\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}", "uuuu-MM-dd HH:mm"),
  SECOND("\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}(\\.0+)?", "uuuu-MM-dd HH:mm:ss"),
  T_MINUTE("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}", "uuuu-MM-dd'T'HH:mm"),
  T_SECOND("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.0+)?", "uuuu-MM-dd'T'HH:mm:ss"),
  OFFSET(
      "\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(:\\d{2}(\\.0+)?)?(Z|[+-]\\d{2}(:?\\d{2})?)",
      "uuuu-MM-dd'T'HH:mm:ssXXX"),
  /// Whole numbers: steps, or whatever else is counted.
  NUMBER("-?\\d{1,18}", "");

  /// Days, months and years in an order that letters do not have: 27.11.2026, 11/27/26.
  private static final Pattern BACKWARDS =
      Pattern.compile("\\d{1,2}([./-])\\d{1,2}\\1(\\d{4}|\\d{2}\\b).*");

  private static final DateTimeFormatter WITH_OFFSET =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm[:ss][XXX][XX][X]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private final Pattern shape;
  private final DateTimeFormatter written;
  private final DateTimeFormatter read;

  TimeForm(String shape, String pattern) {
    this.shape = Pattern.compile(shape);
    this.written = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    this.read =
        new DateTimeFormatterBuilder()
            .appendPattern(pattern.replace("'Q'Q", "MM"))
            .parseDefaulting(ChronoField.MONTH_OF_YEAR, 1)
            .parseDefaulting(ChronoField.DAY_OF_MONTH, 1)
            .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);
  }

  /// The form of a text, if it is a time.
  static Optional<TimeForm> of(String text) {
    return List.of(values()).stream().filter(form -> form.fits(text)).findFirst();
  }

  private boolean fits(String text) {
    return shape.matcher(text).matches();
  }

  boolean isNumber() {
    return this == NUMBER;
  }

  boolean hasOffset() {
    return this == OFFSET;
  }

  /// What to do about a text that is no time.
  static String advice(String text) {
    return BACKWARDS.matcher(text).matches()
        ? "write it as 2026-11-27, whose order nobody can mistake"
        : "write it as 2026-11-27, 2026-11 or 2026-11-27 14:30:00";
  }

  /// A time whose text says how far it is from Greenwich.
  ///
  /// @throws DateTimeException if there is no such time
  OffsetDateTime offset(String text) {
    return OffsetDateTime.parse(text.replace('T', ' ').replaceFirst("\\.0+", ""), WITH_OFFSET);
  }

  /// A time by the clock of a place.
  ///
  /// @throws DateTimeException if it is of another form, or there is no such time
  LocalDateTime local(String text) {
    if (!fits(text)) {
      throw new DateTimeException("another form");
    }
    if (this == QUARTER) {
      int quarter = text.charAt(text.length() - 1) - '0';
      return LocalDateTime.of(Integer.parseInt(text.substring(0, 4)), 3 * quarter - 2, 1, 0, 0);
    }
    return LocalDateTime.parse(text.replaceFirst("\\.0+$", ""), read);
  }

  /// As it is written.
  String write(ZonedDateTime time) {
    return this == QUARTER
        ? "%04d-Q%d".formatted(time.getYear(), time.get(IsoFields.QUARTER_OF_YEAR))
        : written.format(time);
  }
}
