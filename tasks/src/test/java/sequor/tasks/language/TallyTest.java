package sequor.tasks.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import sequor.tasks.Metric;
import sequor.train.Mode;

class TallyTest {
  private static final double CLOSE = 1e-12;

  /// `ab` of two tokens and `abcd` of one, with their ends: 1 + 2 + 0.5 and 3 + 0.25 nats.
  @Test
  void tokensCountTheirEndsAndCharactersDoNot() {
    var tally = new Tally();
    tally.add(
        new Scoring.Text(0, new double[] {1, 2, 0.5}, new boolean[] {true, false, true}, true));
    tally.add(new Scoring.Text(1, new double[] {3, 0.25}, new boolean[] {false, false}, true));
    tally.addCharacters(2);
    tally.addCharacters(4);

    var metrics = tally.metrics();

    assertThat(metrics.get("nats_per_token")).isEqualTo(6.75 / 5, within(CLOSE));
    assertThat(metrics.get("nats_per_char")).isEqualTo((1 + 2 + 3) / 6.0, within(CLOSE));
    assertThat(metrics.get("perplexity")).isEqualTo(Math.exp(6.75 / 5), within(CLOSE));
    assertThat(metrics.get("accuracy")).isEqualTo(2 / 5.0, within(CLOSE));
    assertThat(tally.surprise().keySet())
        .containsExactly("nats_per_token", "nats_per_char", "perplexity");
  }

  /// Where every token is a character, the two differ by the ends alone.
  @Test
  void anEmptyTextHasAnEndAndNoCharacters() {
    var tally = new Tally();
    tally.add(new Scoring.Text(0, new double[] {0.5}, new boolean[] {true}, true));

    assertThat(tally.metrics())
        .containsEntry("nats_per_token", 0.5)
        .containsEntry("nats_per_char", 0.0)
        .containsEntry("accuracy", 1.0);
    assertThat(new Tally().metrics())
        .as("of nothing")
        .containsEntry("nats_per_token", 0.0)
        .containsEntry("nats_per_char", 0.0);
  }

  @Test
  void everyMetricSaysWhatIsGood() {
    assertThat(Tally.kinds().stream().map(Metric::name))
        .containsExactlyElementsOf(new Tally().metrics().keySet());
    assertThat(Tally.kinds().getFirst()).isEqualTo(Metric.low("nats_per_token", "nats"));
    assertThat(Tally.kinds().getLast().better()).isEqualTo(Mode.MAX);
    assertThat(Metric.low("nats_per_token", "nats").isBetter(1, 2)).isTrue();
    assertThat(Metric.high("accuracy").isBetter(1, 2)).isFalse();
    assertThat(Metric.high("accuracy").isBetter(2, 2)).isFalse();
  }
}
