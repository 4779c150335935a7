package sequor.tasks;

import java.util.List;
import sequor.data.SequenceSettings;
import sequor.settings.Setting;
import sequor.settings.Settings;

/// What is read where a step is numbers and not a token: keys of the section `data`.
public record FrameSettings(
    @Setting(
            value = "[]",
            about =
                "the columns of numbers that are read instead of text; with sequence alone, all there"
                    + " are")
        List<String> values,
    @Setting(
            value = "refuse",
            about = "a number that is missing: refuse, previous in its sequence, or mean")
        Missing missing) {
  /// What a number is taken for that is missing.
  public enum Missing {
    /// The table is refused.
    REFUSE,
    /// The one before it in its sequence; the mean before the first.
    PREVIOUS,
    /// The mean of the training sequences.
    MEAN
  }

  public FrameSettings {
    values = List.copyOf(values);
  }

  /// Refuses what makes no sense of numbers.
  ///
  /// @param section where the key stands
  /// @param makesSense whether its value does
  /// @param expected what it should be
  /// @throws sequor.settings.SettingsException if it does not
  public static void require(Settings section, String key, boolean makesSense, String expected) {
    if (!makesSense) {
      throw section.wrong(
          key, "expected %s beside columns of numbers, got another; leave it so", expected);
    }
  }

  /// Whether numbers are read.
  ///
  /// @param data the section
  public static boolean asks(Settings data) {
    return data.as(SequenceSettings.class).joins()
        || !data.as(FrameSettings.class).values().isEmpty();
  }
}
