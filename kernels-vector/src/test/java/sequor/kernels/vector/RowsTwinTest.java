package sequor.kernels.vector;

import org.junit.jupiter.api.Test;
import sequor.kernels.HeapFloats;
import sequor.kernels.Reductions.Axis;
import sequor.kernels.Rows.Classes;
import sequor.kernels.Rows.Normal;
import sequor.kernels.Rows.Size;

/// Rows and reductions.
class RowsTwinTest {
  private static final double CLOSE = 1e-5;

  @Test
  void softmax() {
    for (int rows : new int[] {1, 3, 200}) {
      for (int n : Twins.SIZES) {
        var size = new Size(rows, n);
        Twins.assertSame(
            "softmax " + size,
            CLOSE,
            run -> {
              var kernels = run.kernels().rows();
              var x = run.floats(rows * n, -30, 30);
              x.set(0, Float.NEGATIVE_INFINITY);
              var dy = run.floats(rows * n);
              var y = run.floats(rows * n);
              kernels.softmax(x, y, size);
              kernels.softmaxBackward(y, dy, run.floats(rows * n), size);
              var finite = run.floats(rows * n, -30, 30);
              kernels.logSoftmax(finite, y, size);
              kernels.logSoftmaxBackward(y, dy, run.floats(rows * n), size);
            });
      }
    }
  }

  @Test
  void crossEntropy() {
    for (int n : Twins.SIZES) {
      for (float smoothing : new float[] {0, 0.1f}) {
        for (boolean weighted : new boolean[] {false, true}) {
          var size = new Classes(60, n, 2, smoothing);
          Twins.assertSame(
              size + " " + weighted,
              CLOSE,
              run -> {
                var kernels = run.kernels().rows();
                var logits = run.floats(60 * n, 95, 105);
                var targets = run.ints(60, n);
                var weights = run.floatsOrNone(weighted, n);
                kernels.crossEntropy(logits, targets, weights, run.floats(60), size);
                kernels.crossEntropyBackward(
                    logits, targets, weights, run.floats(60), run.floats(60 * n), size);
              });
        }
      }
    }
  }

  @Test
  void layerNorm() {
    for (int n : Twins.SIZES) {
      for (boolean wanted : new boolean[] {false, true}) {
        var size = new Normal(300, n, 1e-5f);
        Twins.assertSame(
            size + " " + wanted,
            n == 2 ? 0.05 : 2e-4, // with two numbers the gradient is almost nothing but rounding
            run -> {
              var kernels = run.kernels().rows();
              var x = run.floats(300 * n);
              var weight = run.floatsOrNone(wanted, n);
              var bias = run.floatsOrNone(wanted, n);
              kernels.layerNorm(x, weight, bias, run.floats(300 * n), size);
              kernels.layerNormBackward(
                  x,
                  weight,
                  run.floats(300 * n),
                  run.floatsOrNone(wanted || n > 3, 300 * n),
                  run.floatsOrNone(wanted, n),
                  run.floatsOrNone(wanted, n),
                  size);
            });
      }
    }
  }

  @Test
  void reductions() {
    for (int n : Twins.SIZES) {
      assertSame(new Axis(1, n, 1));
      assertSame(new Axis(5, n, 1));
      assertSame(new Axis(1, n, 17));
      assertSame(new Axis(3, 7, n));
      assertSame(new Axis(300, 7, n));
    }
    assertSame(new Axis(1, 100_001, 1));
    assertSame(new Axis(2, 1, 1));
    assertSame(new Axis(1, 300, 1000));
  }

  private static void assertSame(Axis axis) {
    Twins.assertSame(
        axis.toString(),
        1e-6 * Math.sqrt(axis.length()) * 4,
        run -> {
          var kernels = run.kernels().reductions();
          int n = axis.outer() * axis.length() * axis.inner();
          int results = axis.outer() * axis.inner();
          var x = run.floats(n);
          kernels.sum(x, run.floats(results), axis);
          kernels.max(x, run.floats(results), axis);
          int[] places = kernels.argmax(x, axis);
          var seen = run.floats(results);
          for (int i = 0; i < results; i++) {
            seen.set(i, places[i]);
          }
          run.floats(1).set(0, (float) kernels.sumOfSquares(x, n));
        });
  }

  @Test
  void aRowOfNothingButMinusInfinity() {
    float low = Float.NEGATIVE_INFINITY;
    Twins.assertSame(
        "masked",
        0,
        run ->
            run.kernels()
                .rows()
                .softmax(
                    new HeapFloats(new float[] {low, low, low}), run.floats(3), new Size(1, 3)));
  }
}
