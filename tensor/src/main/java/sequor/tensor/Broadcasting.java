package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import sequor.kernels.Binary;
import sequor.kernels.Broadcast;
import sequor.kernels.Floats;

/// What [Pointwise] ops of two tensors that need not have the same shape are made of.
final class Broadcasting {
  private Broadcasting() {}

  /// 1 where the comparison `f` of two numbers holds, else 0; no gradient flows through it.
  static Tensor compare(String name, Binary f, Tensor a, Tensor b) {
    var y = Tape.memory().tensor(Check.broadcast(name, a.shape(), b.shape()));
    compute(f, a, b, y);
    return y;
  }

  static void compute(Binary f, Tensor a, Tensor b, Tensor y) {
    var size = Broadcast.of(a.shape().dims(), b.shape().dims());
    KERNELS.elementwise().binary(f, a.data(), b.data(), y.data(), size);
  }

  /// `f(left, b)` for numbers `left` of a result's shape and an input `b` that was broadcast to it.
  static Floats combined(Binary f, Shape shape, Floats left, Tensor b) {
    var product = Tape.memory().floats(shape.size());
    var size = Broadcast.of(shape.dims(), b.shape().dims());
    KERNELS.elementwise().binary(f, left, b.data(), product, size);
    return product;
  }

  /// The numbers of `x` in a shape that it is broadcast to; its own if it has as many already.
  static Floats expanded(Tensor x, Shape shape) {
    if (x.shape().size() == shape.size()) {
      return x.data();
    }
    var whole = Tape.memory().floats(shape.size());
    KERNELS.copies().copy(x.data(), whole, Layout.repeating(x.shape(), shape));
    return whole;
  }

  /// Adds `dy · slope(p, q)` to the gradient of `to`, one of both.
  static void addSlopeTo(Tensor to, Tensor y, Binary slope, Tensor p, Tensor q) {
    if (to.tracked()) {
      var share = Tape.memory().floats(y.shape().size());
      var size = Broadcast.of(p.shape().dims(), q.shape().dims());
      KERNELS.elementwise().binary(slope, p.data(), q.data(), share, size);
      var same = Broadcast.of(y.shape().dims(), y.shape().dims());
      KERNELS.elementwise().binary(Binary.MULTIPLY, share, y.required(), share, same);
      addTo(to, y, share, 1);
      Tape.memory().release(share);
    }
  }

  /// Adds `scale` times a gradient of the result's shape to `to`, summed where `to` was broadcast.
  static void addTo(Tensor to, Tensor y, Floats gradient, float scale) {
    if (!to.tracked()) {
      return;
    }
    int n = y.shape().size();
    if (to.shape().size() == n) {
      KERNELS.elementwise().addScaled(gradient, to.sink(), scale, n);
    } else if (scale == 1) {
      KERNELS.copies().add(gradient, to.sink(), Layout.summing(y.shape(), to.shape()));
    } else {
      var scaled = Tape.memory().floats(n);
      KERNELS.elementwise().affine(gradient, scaled, scale, 0, n);
      KERNELS.copies().add(scaled, to.sink(), Layout.summing(y.shape(), to.shape()));
      Tape.memory().release(scaled);
    }
  }
}
