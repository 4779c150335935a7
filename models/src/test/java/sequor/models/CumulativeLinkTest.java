package sequor.models;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.tensor.Tensor;

class CumulativeLinkTest {
  private static final int H = 3;

  private final CumulativeLink link = new CumulativeLink(H, 4, new Seed(3).generator());

  /// All levels share one score, so that their logits differ by the cuts alone.
  @Test
  void levelsDifferByTheirCutsAlone() {
    link.parameter("bias").assign(Tensor.of(new float[] {2, 1, 0, -3}, 4));
    var x = Tensor.of(new float[] {1, -2, 3, 0.5f, 0, -1}, 2, H);
    float[] logits = link.forward(x).toArray(); // (2,4)
    float[] w = link.parameter("score.weight").toArray();

    float first = w[0] - 2 * w[1] + 3 * w[2];
    float second = 0.5f * w[0] - w[2];
    assertThat(logits)
        .containsExactly(
            new float[] {
              first + 2, first + 1, first, first - 3, second + 2, second + 1, second, second - 3
            },
            org.assertj.core.data.Offset.offset(1e-5f));
    assertThat(link.parameterCount()).isEqualTo(H + 4);
  }
}
