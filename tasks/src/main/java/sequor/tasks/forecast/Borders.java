package sequor.tasks.forecast;

import java.util.List;
import sequor.data.DataSettings;
import sequor.data.Split;
import sequor.settings.Settings;

/// Where the parts of a table begin, in steps: all before `valid` is learned from.
///
/// @param valid the first step to validate on
/// @param test the first step to test on
/// @param end the step behind the last
record Borders(int valid, int test, int end) {

  /// What the section `data` says of a table of so many steps.
  ///
  /// @throws sequor.settings.SettingsException if that makes no sense
  static Borders of(Settings data, int steps) {
    var borders = data.as(SeriesSettings.class).borders();
    if (!borders.isEmpty()) {
      return written(data, borders, steps);
    }
    var fractions = data.as(DataSettings.class).fractions();
    double sum = fractions.stream().mapToDouble(share -> share).sum();
    if (fractions.size() != 3 || Math.abs(sum - 1) > 1e-9) {
      throw data.wrong(
          "fractions",
          "expected three shares that are 1 together, such as [0.8, 0.1, 0.1], got %s; write them so",
          fractions);
    }
    int valid = (int) Math.round(steps * fractions.get(0));
    return new Borders(
        valid, (int) Math.round(steps * (fractions.get(0) + fractions.get(1))), steps);
  }

  private static Borders written(Settings data, List<Integer> borders, int steps) {
    if (borders.size() == 3) {
      var parts = new Borders(borders.get(0), borders.get(1), borders.get(2));
      if (parts.valid < parts.test && parts.test < parts.end && parts.end <= steps) {
        return parts;
      }
    }
    throw data.wrong(
        "borders",
        "expected three rising steps of %,d that there are, got %s; write them, such as [%d, %d, %d]",
        steps,
        borders,
        steps * 6 / 10,
        steps * 8 / 10,
        steps);
  }

  /// The first step of a part.
  int from(Split part) {
    return switch (part) {
      case TRAIN -> 0;
      case VALID -> valid;
      case TEST -> test;
    };
  }

  /// The step behind the last of a part.
  int to(Split part) {
    return switch (part) {
      case TRAIN -> valid;
      case VALID -> test;
      case TEST -> end;
    };
  }
}
