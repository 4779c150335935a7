package sequor.testkit;

import java.util.random.RandomGenerator;
import sequor.Seed;
import sequor.tensor.Ids;
import sequor.tensor.Shape;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// Random shapes, tensors, ids and spans, the same for the same seed.
public final class Generators {
  private static final int[] AWKWARD = {1, 2, 3, 4, 6, 7, 8, 13, 16, 17, 31, 64, 207};

  private final RandomGenerator random;

  public Generators(long seed) {
    random = new Seed(seed).generator();
  }

  /// Sizes around the widths of vector registers, where kernels go wrong.
  public static int[] awkwardSizes() {
    return AWKWARD.clone();
  }

  /// A whole number from `low` to `high`, both included.
  public int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  /// A shape of up to `rank` axes, each from 1 to `largest`.
  public Shape shape(int rank, int largest) {
    int[] dims = new int[between(0, rank)];
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] = between(1, largest);
    }
    return Shape.of(dims);
  }

  /// Numbers of the normal distribution.
  public Tensor tensor(int... dims) {
    return Tensor.randn(random, dims);
  }

  /// Numbers from `low` to `high`.
  public Tensor tensorBetween(float low, float high, int... dims) {
    return Tensor.uniform(random, low, high, dims);
  }

  /// Numbers whose absolute value is from 0.1 to 2: away from the kinks and poles at 0.
  public Tensor tensorAwayFromZero(int... dims) {
    var shape = Shape.of(dims);
    float[] numbers = Tensor.uniform(random, 0.1f, 2, dims).toArray();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = random.nextBoolean() ? numbers[i] : -numbers[i];
    }
    return Tensor.of(numbers, shape);
  }

  /// Numbers that lie at least 0.1 apart from one another, in random order: no two change places
  /// when a gradient check moves one.
  public Tensor tensorWithoutTies(int... dims) {
    var shape = Shape.of(dims);
    float[] numbers = new float[shape.size()];
    for (int i = 0; i < numbers.length; i++) {
      int other = between(0, i);
      numbers[i] = numbers[other];
      numbers[other] = 0.1f * (i - numbers.length / 2f);
    }
    return Tensor.of(numbers, shape);
  }

  /// Ids from 0 to `count − 1`.
  public Ids ids(int count, int... dims) {
    var shape = Shape.of(dims);
    return Ids.of(random.ints(shape.size(), 0, count).toArray(), shape);
  }

  /// Spans anywhere in the steps: padded left, right, on both sides, full or empty.
  public Spans spans(int batch, int steps) {
    int[] starts = new int[batch];
    int[] ends = new int[batch];
    for (int row = 0; row < batch; row++) {
      starts[row] = between(0, steps);
      ends[row] = between(starts[row], steps);
    }
    return Spans.of(starts, ends, steps);
  }
}
