package sequor.data;

import sequor.settings.Setting;
import sequor.settings.Settings;

/// Which rows of a table are one example together: keys of the section `data` of tasks that read
/// sequences of numbers.
public record SequenceSettings(
    @Setting(
            value = "",
            about = "the column that says which sequence a row is a step of; empty: no other row's")
        String sequence,
    @Setting(
            value = "",
            about = "the column that its steps are in the order of; empty: as they stand")
        String step) {

  /// Each row for itself.
  public static SequenceSettings none() {
    return Settings.defaults(SequenceSettings.class);
  }

  /// Those of a section that has them; of any other, none.
  static SequenceSettings of(Settings data) {
    return data.has("sequence") ? data.as(SequenceSettings.class) : none();
  }

  /// Whether several rows are one example.
  public boolean joins() {
    return !sequence.isEmpty();
  }
}
