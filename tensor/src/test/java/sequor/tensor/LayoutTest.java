package sequor.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// What is moved can be moved back, and stands in the right place in between.
class LayoutTest {

  @Provide
  Arbitrary<Tensor> tensors() {
    return Arbitraries.integers()
        .between(0, 4)
        .array(int[].class)
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(dims -> numbered(Shape.of(dims)));
  }

  private static Tensor numbered(Shape shape) {
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return Tensor.of(values, shape);
  }

  @Property(tries = 300)
  void permute(@ForAll("tensors") Tensor x, @ForAll long seed) {
    int rank = x.shape().rank();
    var order = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    int[] axes = order.stream().mapToInt(axis -> axis).toArray();
    int[] back = IntStream.range(0, rank).map(order::indexOf).toArray();

    var y = x.permute(axes);

    assertSame(y.permute(back), x);
    int[] index = new int[rank];
    for (int place = 0; place < y.shape().size(); place++) {
      int rest = place;
      for (int axis = rank - 1; axis >= 0; axis--) {
        index[axes[axis]] = rest % y.dim(axis);
        rest /= y.dim(axis);
      }
      assertThat(y.reshape(-1).get(place)).isEqualTo(x.get(index));
    }
  }

  @Property(tries = 300)
  void flip(@ForAll("tensors") Tensor x, @ForAll @IntRange(max = 3) int any) {
    int axis = any % x.shape().rank();
    int dim = x.dim(axis);

    var y = x.flip(axis);

    assertSame(y.flip(axis), x);
    for (int i = 0; i < dim; i++) {
      assertSame(y.select(axis, i), x.select(axis, dim - 1 - i));
    }
  }

  @Property(tries = 300)
  void sliceAndConcat(
      @ForAll("tensors") Tensor x, @ForAll @IntRange(max = 3) int any, @ForAll long seed) {
    int axis = any % x.shape().rank() - x.shape().rank(); // counted from the end
    int dim = x.dim(axis);
    int cut = new Random(seed).nextInt(dim + 1);

    var parts = List.of(x.slice(axis, 0, cut), x.slice(axis, cut, cut), x.slice(axis, cut, dim));

    assertSame(Tensor.concat(axis, parts), x);
  }

  @Property(tries = 200)
  void selectAndStack(@ForAll("tensors") Tensor x, @ForAll @IntRange(max = 3) int any) {
    int axis = any % x.shape().rank();
    if (x.dim(axis) > 0) {
      var places = IntStream.range(0, x.dim(axis)).mapToObj(i -> x.select(axis, i)).toList();

      assertSame(Tensor.stack(axis, places), x);
      assertSame(Tensor.concat(axis, x.split(x.dim(axis), axis)), x);
    }
  }

  @Property(tries = 200)
  void expandRepeats(@ForAll("tensors") Tensor x, @ForAll @IntRange(max = 3) int times) {
    int[] dims = x.shape().inserting(0, times).dims();

    var y = x.expand(dims);

    assertThat(y.shape()).isEqualTo(Shape.of(dims));
    for (int i = 0; i < times; i++) {
      assertSame(y.select(0, i), x);
    }
  }

  @Property(tries = 200)
  void reshape(@ForAll("tensors") Tensor x) {
    assertSame(x.reshape(x.shape().size()).reshape(x.shape().dims()), x);
    assertThat(x.reshape(-1, 1).shape()).isEqualTo(Shape.of(x.shape().size(), 1));
    assertThat(x.reshape(-1).toArray()).containsExactly(x.toArray());
  }

  private static void assertSame(Tensor actual, Tensor expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.toArray()).containsExactly(expected.toArray());
  }
}
