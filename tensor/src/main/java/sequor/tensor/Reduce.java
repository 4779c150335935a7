package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import java.util.List;
import sequor.kernels.Binary;
import sequor.kernels.Broadcast;
import sequor.kernels.Copies.View;
import sequor.kernels.Reductions.Axis;
import sequor.kernels.Unary;

/// Ops along one axis, most of which make one number of many.
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

    @Override
    public List<Tensor> saved(Tensor y) {
      return List.of();
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
    public void backward(Tensor y) { // dx += [x = y] · dy/Σ[x = y]
      var size = over(x.shape(), axis);
      int n = x.shape().size();
      var memory = Tape.memory();
      var equal = memory.floats(n);
      var share = memory.floats(size.results());
      var elementwise = KERNELS.elementwise();
      elementwise.binary(Binary.EQUAL, x.data(), y.data(), equal, toEach(size));
      KERNELS.reductions().sum(equal, share, size);
      elementwise.binary(Binary.DIVIDE, y.required(), share, share, amongResults(size));
      elementwise.binary(Binary.MULTIPLY, equal, share, equal, toEach(size));
      elementwise.addScaled(equal, x.sink(), 1, n);
      memory.release(equal);
      memory.release(share);
    }

    @Override
    public List<Tensor> saved(Tensor y) {
      return List.of(x, y);
    }
  }

  /// `y = √Σ x²` over one axis.
  record Norm(Tensor x, int axis) implements Reduce {
    public Norm {
      Check.axis(x.shape(), axis);
    }

    @Override
    public void forward(Tensor y) {
      int n = x.shape().size();
      var squares = Tape.memory().floats(n);
      KERNELS.elementwise().unary(Unary.SQUARE, x.data(), squares, n);
      KERNELS.reductions().sum(squares, y.data(), over(x.shape(), axis));
      KERNELS.elementwise().unary(Unary.SQRT, y.data(), y.data(), y.shape().size());
      Tape.memory().release(squares);
    }

    @Override
    public void backward(Tensor y) { // dx += x · dy/y, and nothing where y = 0
      var size = over(x.shape(), axis);
      int n = x.shape().size();
      int results = size.results();
      var memory = Tape.memory();
      var ratio = memory.floats(results);
      var nothing = memory.zeros(results);
      var gradient = memory.floats(n);
      var elementwise = KERNELS.elementwise();
      elementwise.binary(Binary.DIVIDE, y.required(), y.data(), ratio, amongResults(size));
      elementwise.where(y.data(), ratio, nothing, ratio, results);
      elementwise.binary(Binary.MULTIPLY, x.data(), ratio, gradient, toEach(size));
      elementwise.addScaled(gradient, x.sink(), 1, n);
      memory.release(ratio);
      memory.release(nothing);
      memory.release(gradient);
    }

    @Override
    public List<Tensor> saved(Tensor y) {
      return List.of(x, y);
    }
  }

  /// `y[l] = Σ x[…l]` along one axis, which stays.
  record CumSum(Tensor x, int axis) implements Reduce {
    public CumSum {
      Check.axis(x.shape(), axis);
    }

    @Override
    public Shape shape() {
      return x.shape();
    }

    @Override
    public void forward(Tensor y) {
      KERNELS.reductions().cumsum(x.data(), y.data(), over(x.shape(), axis));
    }

    @Override
    public void backward(Tensor y) { // dx[l] += Σ dy[l…]
      KERNELS.reductions().cumsumBackward(y.required(), x.sink(), over(x.shape(), axis));
    }

    @Override
    public List<Tensor> saved(Tensor y) {
      return List.of();
    }
  }

  /// A number for each of the whole tensor, beside one for each result.
  private static Broadcast toEach(Axis size) {
    return Broadcast.of(
        new int[] {size.outer(), size.length(), size.inner()},
        new int[] {size.outer(), 1, size.inner()});
  }

  private static Broadcast amongResults(Axis size) {
    int[] results = {size.results()};
    return Broadcast.of(results, results);
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
