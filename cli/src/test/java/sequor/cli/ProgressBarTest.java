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

    bar.show("epoch 1", 1, 2, "loss 0.5");
    bar.show("epoch 1", 2, 2, "loss 0.4");
    bar.clear();

    assertThat(out.toString())
        .contains("epoch 1 ████████████░░░░░░░░░░░░ 1/2  loss 0.5")
        .contains("epoch 1 ████████████████████████ 2/2  loss 0.4")
        .contains("/s  0 s left")
        .endsWith("\r\u001b[2K");
  }

  @Test
  void elsewhereItIsSilent() {
    var bar = new ProgressBar(new PrintWriter(out), false);

    bar.show("epoch 1", 1, 2, "loss 0.5");
    bar.clear();

    assertThat(out.toString()).isEmpty();
  }
}
