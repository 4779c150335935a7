package sequor.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import sequor.kernels.Embeddings.Additions;
import sequor.kernels.Embeddings.Changes;
import sequor.kernels.Embeddings.Size;
import sequor.kernels.Embeddings.Windows;

class ScalarEmbeddingsTest {
  private static final int D = 3;
  private static final Size SIZE = new Size(1, 3, 4, D);
  private static final Windows WINDOWS =
      new Windows(
          new HeapInts(new int[] {2, 0, -1}),
          new HeapInts(new int[] {1, 3, 0, -1}),
          new HeapFloats(new float[] {1, 0, 0, 9}));

  private final Embeddings kernels = Kernels.scalar().embeddings();
  private final HeapFloats in = floats(4 * D, 1);
  private final HeapFloats out = floats(4 * D, 2);
  private final HeapFloats dx = floats(3 * D, 3);
  private final HeapFloats dy = floats(4 * D, 4);
  private final HeapFloats errors = floats(12, 5);
  private final HeapFloats losses = floats(1, 6);

  private static HeapFloats floats(int length, long seed) {
    float[] values = new float[length];
    var random = new Random(seed);
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new HeapFloats(values);
  }

  private double loss(boolean pairs) {
    var changes = new Changes(dx, dy, errors, losses);
    if (pairs) {
      kernels.pairs(in, out, WINDOWS, changes, 1, SIZE);
    } else {
      kernels.means(in, out, WINDOWS, changes, 1, SIZE);
    }
    return losses.get(0);
  }

  /// What is added to a row is the negative slope of the loss, times the rate.
  private double slope(HeapFloats table, int at, boolean pairs) {
    float before = table.get(at);
    table.set(at, before + 0.01f);
    double above = loss(pairs);
    table.set(at, before - 0.01f);
    double below = loss(pairs);
    table.set(at, before);
    loss(pairs); // as it was
    return (above - below) / 0.02;
  }

  @Test
  void pairsGoDownTheSlope() {
    for (int d = 0; d < D; d++) {
      assertThat(-slope(in, 2 * D + d, true)).isCloseTo(dx.get(d), within(2e-3));
      assertThat(-slope(in, d, true)).isCloseTo(dx.get(D + d), within(2e-3));
      assertThat(-slope(out, D + d, true)).isCloseTo(dy.get(d), within(2e-3));
      assertThat(-slope(out, 3 * D + d, true)).isCloseTo(dy.get(D + d), within(2e-3));
    }
  }

  /// Of the inputs of a mean each gets all of its change, as in word2vec and fastText.
  @Test
  void meansGoDownTheSlope() {
    for (int d = 0; d < D; d++) {
      assertThat(-2 * slope(in, 2 * D + d, false)).isCloseTo(dx.get(d), within(4e-3));
      assertThat(-slope(out, D + d, false)).isCloseTo(errors.get(0) * dy.get(d), within(2e-3));
      assertThat(-slope(out, d, false)).isCloseTo(errors.get(2) * dy.get(d), within(2e-3));
    }
  }

  @Test
  void rowsThatAreNamedTooOftenGetLess() {
    var table = new HeapFloats(new float[2]);
    var changes = new HeapFloats(new float[] {1, 10, 100, 1000});
    var rows = new HeapInts(new int[] {0, 1, 0, 0});
    var none = new HeapFloats(new float[0]);
    var counts = new HeapInts(new int[2]);
    kernels.add(table, changes, new Additions(rows, 4, 1, none, counts, 2), 1);
    assertThat(table.array()).containsExactly(2f / 3 * 1101, 10);
    assertThat(counts.array()).containsExactly(0, 0);
    var unlimited = new HeapInts(new int[0]);
    kernels.add(table, changes, new Additions(rows, 4, 2, none, unlimited, 2), 1);
    assertThat(table.array()[1]).isEqualTo(11); // two rows a change
  }

  @Test
  void theLossOfManyPairsIsThatOfEach() {
    float[] probabilities = new float[300];
    float[] targets = new float[300];
    double expected = 0;
    for (int i = 0; i < 300; i++) {
      probabilities[i] = (i + 0.5f) / 300;
      targets[i] = i % 2;
      expected -= Math.log(1 - Math.abs(targets[i] - probabilities[i]));
    }
    assertThat((double) Embeddings.loss(probabilities, 0, targets, 0, 300))
        .isCloseTo(expected, within(1e-3));
    assertThat(Embeddings.loss(new float[] {0}, 0, new float[] {1}, 0, 1)).isBetween(16f, 17f);
  }
}
