package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import java.util.List;
import sequor.kernels.Copies.View;
import sequor.kernels.Reductions.Axis;

/// Ops that make one number of many.
sealed interface Reduce extends Op {
  Tensor x();

  int axis();

  @Override
  default List<Tensor> inputs() {
    return List.of(x());
  }

  @Override
  default Shape shape() {
    return x().shape().without(axis());
  }

  /// `y = Σ x` over one axis.
  record Sum(Tensor x, int axis) implements Reduce {
    public Sum {
      Check.axis(x.shape(), axis);
    }

    @Override
    public void forward(Tensor y) {
      KERNELS.reductions().sum(x.data(), y.data(), over(x.shape(), axis));
    }

    @Override
    public void backward(Tensor y) { // dx += dy, repeated
      KERNELS.copies().add(y.required(), x.sink(), repeated(x.shape(), axis));
    }
  }

  /// `y = max x` over one axis.
  record Max(Tensor x, int axis) implements Reduce {
    public Max {
      Check.notEmpty("max", x.shape(), axis);
    }

    @Override
    public void forward(Tensor y) {
      KERNELS.reductions().max(x.data(), y.data(), over(x.shape(), axis));
    }

    @Override
    public void backward(Tensor y) { // dx[argmax] += dy
      var size = over(x.shape(), axis);
      int[] places = KERNELS.reductions().argmax(x.data(), size);
      for (int i = 0; i < places.length; i++) {
        int outer = i / size.inner();
        int inner = i % size.inner();
        places[i] = (outer * size.length() + places[i]) * size.inner() + inner;
      }
      var memory = KERNELS.memory();
      KERNELS
          .copies()
          .scatterAdd(y.required(), memory.ints(places), x.sink(), places.length, 1, -1);
    }
  }

  static Axis over(Shape shape, int axis) {
    return new Axis(shape.outer(axis), shape.dim(axis), shape.inner(axis));
  }

  /// From the reduced tensor to the whole one, each number repeated along the axis.
  private static View repeated(Shape whole, int axis) {
    var size = over(whole, axis);
    return new View(
        new int[] {size.outer(), size.length(), size.inner()},
        0,
        new int[] {size.inner(), 0, 1},
        0,
        new int[] {size.length() * size.inner(), size.inner(), 1});
  }
}
