package sequor.tasks.classify;

import java.util.ServiceLoader;
import sequor.settings.Choices;
import sequor.settings.Named;
import sequor.train.ConfusionMatrix;
import sequor.train.Mode;

/// A metric of your own, computed from what was taken for what; a service, as a [sequor.tasks.Task]
/// is. It stands in every report of a classifier, and recipes can watch it.
public interface LabelMetric extends Named {
  /// Whether it is good when it is low or when it is high.
  Mode better();

  double of(ConfusionMatrix confusion);

  /// All there are.
  static Choices<LabelMetric> all() {
    return Choices.of("metric", ServiceLoader.load(LabelMetric.class));
  }
}
