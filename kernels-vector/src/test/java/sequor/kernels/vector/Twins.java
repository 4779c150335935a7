package sequor.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import sequor.kernels.HeapFloats;
import sequor.kernels.HeapInts;
import sequor.kernels.Kernels;
import sequor.kernels.Parallel;

/// Runs one piece of work on the scalar and on the vector kernels, from the same buffers, and
/// compares every buffer afterwards. Buffers are longer than the work is told, and the rest of them
/// must come back untouched.
final class Twins {
  static final int[] SIZES = {1, 2, 3, 4, 6, 8, 13, 16, 17, 31, 33, 48, 64, 100, 207, 256, 300};
  static final Kernels VECTOR = new VectorKernels().kernels();

  private static final float GARBAGE = 3e33f;
  private static final int BEYOND = 19;

  private Twins() {}

  /// The kernels of one run, and the buffers that it works on.
  static final class Run {
    private final Kernels kernels;
    private final Random random;
    private final List<float[]> buffers = new ArrayList<>();
    private final List<Integer> lengths = new ArrayList<>();

    private Run(Kernels kernels, long seed) {
      this.kernels = kernels;
      random = new Random(seed);
    }

    Kernels kernels() {
      return kernels;
    }

    /// Numbers between −2 and 2, and garbage after them.
    HeapFloats floats(int length) {
      return floats(length, -2, 2);
    }

    HeapFloats floats(int length, float low, float high) {
      float[] values = new float[length + BEYOND];
      for (int i = 0; i < length; i++) {
        values[i] = low + (high - low) * random.nextFloat();
      }
      for (int i = length; i < values.length; i++) {
        values[i] = GARBAGE;
      }
      buffers.add(values);
      lengths.add(length);
      return new HeapFloats(values);
    }

    HeapFloats floatsOrNone(boolean some, int length) {
      return some ? floats(length) : new HeapFloats(new float[0]);
    }

    HeapInts ints(int length, int bound) {
      return new HeapInts(random.ints(length, 0, bound).toArray());
    }

    private void assertNothingTouchedBeyond(String what) {
      for (int i = 0; i < buffers.size(); i++) {
        float[] buffer = buffers.get(i);
        for (int j = lengths.get(i); j < buffer.length; j++) {
          if (buffer[j] != GARBAGE) {
            assertThat(buffer[j]).as("%s: beyond the end of buffer %d", what, i).isEqualTo(GARBAGE);
          }
        }
      }
    }
  }

  /// Runs `work` on both, and on the vector kernels with 1, 2 and 3 threads. Numbers may differ by
  /// `tolerance` times the larger of 1 and their size; those of the vector kernels may not differ
  /// at all.
  static void assertSame(String what, double tolerance, Consumer<Run> work) {
    long seed = what.hashCode();
    var truth = run(Kernels.scalar(), seed, what, work);
    int threads = Parallel.threads();
    try {
      Parallel.threads(1);
      var one = run(VECTOR, seed, what, work);
      assertClose(what, truth, one, tolerance);
      Parallel.threads(2);
      assertSameBits(what, one, run(VECTOR, seed, what, work));
      Parallel.threads(3);
      assertSameBits(what, one, run(VECTOR, seed, what, work));
    } finally {
      Parallel.threads(threads);
    }
  }

  private static Run run(Kernels kernels, long seed, String what, Consumer<Run> work) {
    var run = new Run(kernels, seed);
    work.accept(run);
    run.assertNothingTouchedBeyond(what + " on " + kernels.name());
    return run;
  }

  private static void assertClose(String what, Run expected, Run actual, double tolerance) {
    for (int i = 0; i < expected.buffers.size(); i++) {
      for (int j = 0; j < expected.lengths.get(i); j++) {
        float e = expected.buffers.get(i)[j];
        float a = actual.buffers.get(i)[j];
        boolean same = Float.compare(e, a) == 0 || e == a;
        if (!same && !(Math.abs(e - a) <= tolerance * Math.max(1, Math.abs(e)))) {
          assertThat(a).as("%s: buffer %d at %d", what, i, j).isEqualTo(e);
        }
      }
    }
  }

  private static void assertSameBits(String what, Run expected, Run actual) {
    for (int i = 0; i < expected.buffers.size(); i++) {
      float[] bits = actual.buffers.get(i);
      if (!Arrays.equals(bits, expected.buffers.get(i))) {
        assertThat(bits).as("%s: bits of buffer %d", what, i).isEqualTo(expected.buffers.get(i));
      }
    }
  }
}
