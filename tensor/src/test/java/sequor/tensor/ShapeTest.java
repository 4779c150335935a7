package sequor.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void axesAreCountedFromBothEnds() {
    var shape = Shape.of(64, 19, 100);

    assertThat(shape.rank()).isEqualTo(3);
    assertThat(shape.dim(0)).isEqualTo(shape.dim(-3)).isEqualTo(64);
    assertThat(shape.dim(-1)).isEqualTo(100);
    assertThat(shape.size()).isEqualTo(64 * 19 * 100);
    assertThat(shape).hasToString("(64,19,100)");
    assertThat(shape.with(-2, 7)).isEqualTo(Shape.of(64, 7, 100));
    assertThat(shape.without(0)).isEqualTo(Shape.of(19, 100));
    assertThat(shape.inserting(-1, 5)).isEqualTo(Shape.of(64, 19, 100, 5));
    assertThat(shape.inserting(0, 5)).isEqualTo(Shape.of(5, 64, 19, 100));
  }

  @Test
  void aSingleNumberHasNoAxes() {
    var shape = Shape.of();

    assertThat(shape.rank()).isZero();
    assertThat(shape.size()).isEqualTo(1);
    assertThat(shape).hasToString("()");
    assertThat(shape.inserting(0, 3)).isEqualTo(Shape.of(3));
  }

  @Test
  void shapesNeverChange() {
    int[] dims = {2, 3};
    var shape = Shape.of(dims);
    dims[0] = 9;
    shape.dims()[1] = 9;

    assertThat(shape).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
  }

  @Property(tries = 300)
  void stridesAndSlabsAddUp(
      @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 5) Integer> sizes) {
    int[] dims = sizes.stream().mapToInt(size -> size).toArray();
    var shape = Shape.of(dims);
    int product = Arrays.stream(dims).reduce(1, (a, b) -> a * b);

    assertThat(shape.size()).isEqualTo(product);
    for (int axis = 0; axis < dims.length; axis++) {
      assertThat(shape.outer(axis) * shape.dim(axis) * shape.inner(axis)).isEqualTo(product);
      assertThat(shape.strides()[axis]).isEqualTo(shape.inner(axis));
      assertThat(shape.without(axis).inserting(axis, dims[axis])).isEqualTo(shape);
    }
  }
}
