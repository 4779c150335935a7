package sequor.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FloorTest {
  @Test
  void keepsTheOrderAndTheValuesItWasGiven() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("macro_recall", 0.532);
    metrics.put("accuracy", 0.767);
    var floor = new Floor("naive Bayes", metrics);
    metrics.clear();

    assertThat(floor.metrics().keySet()).containsExactly("macro_recall", "accuracy");
    assertThat(floor.metrics()).containsEntry("accuracy", 0.767);
  }
}
