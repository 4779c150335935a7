package sequor.tasks.forecast;

import java.util.List;
import sequor.settings.Setting;

/// Which series a file holds: keys of the section `data`.
///
/// @param time empty where rows follow one another without times
/// @param value empty where every other column is a series of its own
/// @param series empty where a row holds the numbers of one time alone
/// @param known columns of numbers that are known before they come
/// @param staticColumns columns of numbers or names that are the same in all rows of a series
/// @param frequency `auto` to find it
/// @param zone where clocks are put forward and back; empty for none
/// @param missing what to do about steps without a number
/// @param duplicates what to do about several numbers of one step
/// @param borders steps at which the parts to validate and to test begin and at which the last one
///   ends, from 0; none for `fractions`
public record SeriesSettings(
    @Setting(value = "", about = "the column of times; none where rows just follow one another")
        String time,
    @Setting(value = "", about = "the column of numbers; none: every other is a series of its own")
        String value,
    @Setting(
            value = "",
            about = "the column that says whose numbers they are, if there are several")
        String series,
    @Setting(value = "[]", about = "columns of numbers that are known before, such as a holiday")
        List<String> known,
    @Setting(
            value = "[]",
            about = "columns that are one number or name for each series, such as its region")
        List<String> staticColumns,
    @Setting(
            value = "auto",
            about = "how far apart times are: hour, 15 minutes, day, weekday, week, month, …")
        String frequency,
    @Setting(value = "", about = "whose clocks times are by, such as Europe/Berlin") String zone,
    @Setting(
            value = "refuse",
            about = "steps without a number: refuse, interpolate, hold (the last) or zero")
        Missing missing,
    @Setting(
            value = "refuse",
            about = "several numbers of one step: refuse, first, last, mean or sum")
        Duplicates duplicates,
    @Setting(
            value = "[]",
            min = 1,
            about =
                "steps at which validating, testing and nothing more begin, instead of fractions")
        List<Integer> borders) {

  /// What to do about steps between others that have no number. What is filled in is read and
  /// learned, but never judged.
  public enum Missing {
    REFUSE,
    INTERPOLATE,
    HOLD,
    ZERO
  }

  /// What to do about several numbers of one step.
  public enum Duplicates {
    REFUSE,
    FIRST,
    LAST,
    MEAN,
    SUM
  }

  public SeriesSettings {
    known = List.copyOf(known);
    staticColumns = List.copyOf(staticColumns);
    borders = List.copyOf(borders);
  }
}
