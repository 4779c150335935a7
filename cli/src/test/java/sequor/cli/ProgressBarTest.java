package sequor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final StringWriter out = new StringWriter();

  @Test
  void onATerminalItFillsUpAndGoesAway() {
    var bar = new ProgressBar(new PrintWriter(out), true);

    bar.show(new ProgressBar.Place(1, 3, 1, 2), "loss 0.5");
    bar.show(new ProgressBar.Place(1, 3, 2, 2), "loss 0.4");
    bar.clear();

    assertThat(out.toString())
        .contains("epoch 1/3 ████████████░░░░░░░░░░░░ 1/2  loss 0.5")
        .contains("epoch 1/3 ████████████████████████ 2/2  loss 0.4")
        .endsWith("\r\u001b[2K");
  }

  @Test
  void whereNobodyKnowsHowManyThereAreItCounts() {
    var bar = new ProgressBar(new PrintWriter(out), true);

    bar.show(new ProgressBar.Place(2, 3, 7, 0), "loss 0.5");

    assertThat(out.toString()).endsWith("epoch 2/3 batch 7  loss 0.5");
  }

  @Test
  void whatIsBeingDoneIsSaid() {
    var bar = new ProgressBar(new PrintWriter(out), true);

    bar.say("reading the data …");

    assertThat(out.toString()).isEqualTo("\r\u001b[2Kreading the data …");
  }

  @Test
  void elsewhereItIsSilent() {
    var bar = new ProgressBar(new PrintWriter(out), false);

    bar.say("reading the data …");
    bar.show(new ProgressBar.Place(1, 3, 1, 2), "loss 0.5");
    bar.clear();

    assertThat(out.toString()).isEmpty();
  }
}
