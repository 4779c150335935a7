package sequor.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.kernels.Chains.Gradients;
import sequor.kernels.Chains.Scores;
import sequor.kernels.Chains.Size;
import sequor.kernels.HeapFloats;
import sequor.kernels.HeapInts;
import sequor.kernels.Recurrences.Span;

class ChainsTwinTest {
  private enum Numbers {
    /// What a network gives.
    PLAIN(2, 0),
    /// Factors are too coarse for these.
    FAR(300, 0),
    /// Some transitions are forbidden.
    FORBIDDEN(2, 30),
    /// And tags that lie far behind are the only way on.
    FAR_AND_FORBIDDEN(300, 60),
    /// Many rows have no path at all.
    NEARLY_ALL_FORBIDDEN(2, 93);

    private final float reach;
    private final int forbidden; // in a hundred

    Numbers(float reach, int forbidden) {
      this.reach = reach;
      this.forbidden = forbidden;
    }
  }

  @ParameterizedTest
  @EnumSource
  void ofEveryNumberOfTags(Numbers numbers) {
    for (int n : Twins.SIZES) {
      lossAndGradients(new Size(3, 5, n), numbers, true, true);
      best(new Size(3, 5, n), numbers);
    }
  }

  @ParameterizedTest
  @EnumSource
  void ofManyRowsAndSteps(Numbers numbers) {
    for (int batch : new int[] {1, 2, 4, 5, 13}) {
      for (int steps : new int[] {1, 2, 3, 40}) {
        lossAndGradients(new Size(batch, steps, 9), numbers, true, true);
        lossAndGradients(new Size(batch, steps, 17), numbers, false, true);
        best(new Size(batch, steps, 9), numbers);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whereGradientsAreNotRequired(boolean tagged) {
    lossAndGradients(new Size(5, 7, 18), Numbers.PLAIN, tagged, false);
  }

  /// A row gives the same bits alone and padded on both sides among others.
  @Test
  void aRowAloneAndAmongOthers() {
    int n = 19;
    int length = 30;
    int batch = 6;
    int steps = 41;
    var random = new Random(5);
    float[] alone = numbers(random, length * n, 30);
    float[] together = numbers(random, batch * steps * n, 30);
    int at = (2 * steps + 7) * n;
    System.arraycopy(alone, 0, together, at, alone.length);
    float[] transitions = numbers(random, n * n, 30);
    float[] start = numbers(random, n, 1);
    float[] end = numbers(random, n, 1);
    int[] starts = new int[batch];
    int[] ends = new int[batch];
    Arrays.fill(ends, steps);
    starts[2] = 7;
    ends[2] = 7 + length;

    float[][] one =
        marginals(alone, transitions, start, end, span(new int[1], length), new Size(1, length, n));
    float[][] many =
        marginals(together, transitions, start, end, span(starts, ends), new Size(batch, steps, n));
    assertThat(many[0][2]).isEqualTo(one[0][0]);
    assertThat(Arrays.copyOfRange(many[1], at, at + alone.length)).isEqualTo(one[1]);
  }

  private static float[][] marginals(
      float[] x, float[] transitions, float[] start, float[] end, Span span, Size size) {
    var scores =
        new Scores(
            new HeapFloats(x),
            new HeapFloats(transitions),
            new HeapFloats(start),
            new HeapFloats(end),
            new HeapInts(new int[0]));
    var sums = new HeapFloats(new float[x.length]);
    float[] all = new float[size.batch()];
    float[] marginals = new float[x.length];
    float[] ones = new float[size.batch()];
    Arrays.fill(ones, 1);
    var none = new HeapFloats(new float[0]);
    var chains = Twins.VECTOR.chains();
    chains.forward(scores, sums, new HeapFloats(all), span, size);
    chains.backward(
        scores,
        sums,
        new HeapFloats(ones),
        new Gradients(new HeapFloats(marginals), none, none, none),
        span,
        size);
    return new float[][] {all, marginals};
  }

  private static void lossAndGradients(
      Size size, Numbers numbers, boolean tagged, boolean required) {
    int n = size.tags();
    int all = size.batch() * size.steps() * n;
    var span = span(size);
    Twins.assertSame(
        "loss %s %s %s %s".formatted(size, numbers, tagged, required),
        numbers.reach > 2 ? 2e-4 : 2e-5, // of exponentials of sums of that size
        run -> {
          var chains = run.kernels().chains();
          var scores = scores(run, size, numbers, tagged);
          var sums = run.floats(all);
          chains.forward(scores, sums, run.floats(size.batch()), span, size);
          var gradients =
              new Gradients(
                  run.floatsOrNone(required, all),
                  run.floatsOrNone(required, n * n),
                  run.floats(n),
                  run.floatsOrNone(required, n));
          chains.backward(scores, sums, run.floats(size.batch()), gradients, span, size);
        });
  }

  /// Both add up in the same order, so they find the same paths.
  private static void best(Size size, Numbers numbers) {
    Twins.assertSame(
        "best %s %s".formatted(size, numbers),
        0,
        run -> {
          int places = size.batch() * size.steps();
          var paths = new HeapInts(new int[places]);
          var scores = scores(run, size, numbers, false);
          run.kernels().chains().best(scores, paths, run.floats(size.batch()), span(size), size);
          var seen = run.floats(places);
          for (int i = 0; i < places; i++) {
            seen.set(i, paths.get(i));
          }
        });
  }

  private static Scores scores(Twins.Run run, Size size, Numbers numbers, boolean tagged) {
    int n = size.tags();
    var emissions = run.floats(size.batch() * size.steps() * n, -numbers.reach, numbers.reach);
    var transitions = run.floats(n * n);
    var forbidden = run.ints(n * n, 100);
    for (int i = 0; i < n * n; i++) {
      if (forbidden.get(i) < numbers.forbidden) {
        transitions.set(i, Float.NEGATIVE_INFINITY);
      }
    }
    var tags = tagged ? run.ints(size.batch() * size.steps(), n) : new HeapInts(new int[0]);
    return new Scores(emissions, transitions, run.floats(n), run.floats(n), tags);
  }

  private static float[] numbers(Random random, int n, float reach) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = reach * (2 * random.nextFloat() - 1);
    }
    return values;
  }

  private static Span span(int[] starts, int... ends) {
    return new Span(new HeapInts(starts), new HeapInts(ends));
  }

  /// Padded on the right, on the left, on both sides and empty.
  private static Span span(Size size) {
    int[] starts = new int[size.batch()];
    int[] ends = new int[size.batch()];
    for (int row = 0; row < size.batch(); row++) {
      starts[row] = row % 3 == 1 ? Math.min(row, size.steps()) : 0;
      ends[row] = row % 4 == 2 ? starts[row] : Math.max(starts[row], size.steps() - row % 5);
    }
    return span(starts, ends);
  }
}
