package sequor.recipes;

import java.util.Optional;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.settings.SettingsException;

/// What is known for the data of a recipe, and what the recipe is to reach: its section `figures`.
/// They are texts, because others give them in many ways; empty where nobody gave any.
public record Figures(
    @Setting(value = "", about = "of the test split: accuracy, nats_per_char, …") String metric,
    @Setting(value = "", about = "the figure of the book that taught the model") String book,
    @Setting(value = "", about = "the best that was published for a small model from scratch")
        String best,
    @Setting(value = "", about = "what this recipe is to reach, as a number of that metric")
        String goal) {
  /// Those of a section.
  ///
  /// @throws SettingsException if they are of no metric, or the goal is no number
  static Figures of(Settings section) {
    var figures = section.as(Figures.class);
    if (!figures.goal.isEmpty() && figures.goalNumber().isEmpty()) {
      throw section.wrong(
          "goal", "expected a number, such as 0.88, got \"%s\"; write one", figures.goal);
    }
    if (figures.isEmpty() && !(figures.book + figures.best + figures.goal).isEmpty()) {
      throw section.wrong("metric", "expected the metric that they are of, got none; name it");
    }
    return figures;
  }

  boolean isEmpty() {
    return metric.isEmpty();
  }

  Optional<Double> goalNumber() {
    try {
      return goal.isEmpty() ? Optional.empty() : Optional.of(Double.valueOf(goal));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
