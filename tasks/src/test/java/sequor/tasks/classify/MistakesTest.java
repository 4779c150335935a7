package sequor.tasks.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sequor.tasks.ReportSection;

class MistakesTest {
  private static Prediction said(String text, String label, double probability) {
    return new Prediction(text, false, List.of(new Prediction.Scored(label, probability)));
  }

  @Test
  void theSurestStandFirst() {
    var mistakes = new Mistakes(List.of("review"), "mood");
    mistakes.add(List.of("fine"), "good", said("fine", "good", 0.99)); // right
    mistakes.add(List.of("so so"), "good", said("so so", "bad", 0.6));
    mistakes.add(List.of("not bad"), "bad", said("not bad", "good", 0.9));
    mistakes.add(List.of("nice try"), "bad", said("nice try", "good", 0.9));

    var section = (ReportSection.Examples) mistakes.section().orElseThrow();

    assertThat(section.columns()).containsExactly("review", "mood", "predicted", "probability");
    assertThat(section.rows())
        .containsExactly(
            List.of("not bad", "bad", "good", 0.9),
            List.of("nice try", "bad", "good", 0.9),
            List.of("so so", "good", "bad", 0.6));
  }

  @Test
  void onlyTheSurestTwentyAreKept() {
    var mistakes = new Mistakes(List.of("text"), "label");
    for (int i = 0; i < 500; i++) {
      mistakes.add(List.of("text " + i), "good", said("text " + i, "bad", (i * 37 % 500) / 500.0));
    }

    var section = (ReportSection.Examples) mistakes.section().orElseThrow();

    assertThat(section.rows()).hasSize(20);
    for (int i = 0; i < 20; i++) {
      assertThat(section.rows().get(i).getLast()).isEqualTo((499 - i) / 500.0);
    }
  }

  @Test
  void whoIsAlwaysRightHasNone() {
    assertThat(new Mistakes(List.of("text"), "label").section()).isEmpty();
  }
}
