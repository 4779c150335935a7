package sequor.tasks.tag;

import java.util.List;
import sequor.Seed;
import sequor.settings.Setting;
import sequor.settings.Settings;

/// The simple method beside the model: the section `floor`.
public record FloorSettings(
    @Setting(
            value = "perceptron",
            about = "perceptron, or most_frequent: the tag that a word has most")
        Method method) {
  /// The methods there are.
  public enum Method {
    PERCEPTRON,
    MOST_FREQUENT
  }

  static FloorSettings standard() {
    return Settings.defaults(FloorSettings.class);
  }

  TagFloor train(List<Example> train, List<Example> valid, Seed seed) {
    return switch (method) {
      case PERCEPTRON -> AveragedPerceptron.train(train, valid, seed);
      case MOST_FREQUENT -> MostFrequentTag.train(train);
    };
  }
}
