package sequor.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import sequor.Seed;

/// Broadcasting against a naive twin that works place by place.
class BroadcastTest {

  @Provide
  Arbitrary<int[]> dims() {
    return Arbitraries.of(1, 1, 2, 3, 0).array(int[].class).ofMaxSize(4);
  }

  @Property(tries = 500)
  void everyPlaceIsComputedFromItsTwoPlaces(
      @ForAll("dims") int[] a, @ForAll("dims") int[] b, @ForAll long seed) {
    var random = new Seed(seed).generator();
    var left = Tensor.randn(random, a);
    var right = Tensor.randn(random, b);
    int[] expected = together(a, b);
    if (expected.length == 1 && expected[0] == IMPOSSIBLE) {
      assertThatThrownBy(() -> left.minus(right)).hasMessageStartingWith("minus: " + left.shape());
      return;
    }

    var y = left.minus(right);

    assertThat(y.shape()).isEqualTo(Shape.of(expected));
    int[] index = new int[expected.length];
    for (int place = 0; place < y.shape().size(); place++) {
      assertThat(y.get(index)).isEqualTo(at(left, index) - at(right, index));
      advance(index, expected);
    }
  }

  @Property(tries = 300)
  void theGradientCountsHowOftenANumberWasUsed(@ForAll("dims") int[] a, @ForAll("dims") int[] b) {
    int[] expected = together(a, b);
    if (expected.length == 1 && expected[0] == IMPOSSIBLE) {
      return;
    }
    var left = Tensor.ones(a).requiresGrad(true);
    var right = Tensor.ones(b).requiresGrad(true);
    try (var tape = Tape.open()) {
      tape.backward(left.plus(right).sum());
    }
    int size = Shape.of(expected).size();
    for (var input : new Tensor[] {left, right}) {
      float uses = input.shape().size() == 0 ? 0 : (float) size / input.shape().size();
      assertThat(input.grad().toArray()).containsOnly(fill(input.shape().size(), uses));
    }
  }

  private static float[] fill(int size, float value) {
    float[] numbers = new float[size];
    Arrays.fill(numbers, value);
    return numbers;
  }

  private static final int IMPOSSIBLE = -1;

  /// NumPy's rule, read from the last axis to the first.
  private static int[] together(int[] a, int[] b) {
    int[] dims = new int[Math.max(a.length, b.length)];
    for (int i = 1; i <= dims.length; i++) {
      int left = i <= a.length ? a[a.length - i] : 1;
      int right = i <= b.length ? b[b.length - i] : 1;
      if (left != right && Math.min(left, right) != 1 && Math.max(left, right) != 1) {
        return new int[] {IMPOSSIBLE};
      }
      dims[dims.length - i] = left == 1 ? right : left;
    }
    return dims;
  }

  private static float at(Tensor tensor, int[] index) {
    int[] own = new int[tensor.shape().rank()];
    for (int axis = 0; axis < own.length; axis++) {
      own[axis] = tensor.dim(axis) == 1 ? 0 : index[index.length - own.length + axis];
    }
    return tensor.get(own);
  }

  private static void advance(int[] index, int[] dims) {
    for (int axis = dims.length - 1; axis >= 0 && ++index[axis] == dims[axis]; axis--) {
      index[axis] = 0;
    }
  }
}
