package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import java.util.List;
import java.util.Locale;
import sequor.kernels.Binary;
import sequor.kernels.Broadcast;
import sequor.kernels.Elementwise;
import sequor.kernels.Floats;
import sequor.kernels.Unary;

/// Ops that work number by number.
sealed interface Pointwise extends Op {

  /// `y = a + b`.
  record Plus(Tensor a, Tensor b) implements OfTwo {
    public Plus {
      Check.broadcast("plus", a.shape(), b.shape());
    }

    @Override
    public void forward(Tensor y) {
      compute(Binary.ADD, a, b, y);
    }

    @Override
    public void backward(Tensor y) {
      addTo(a, y, y.required(), 1); // da += dy
      addTo(b, y, y.required(), 1); // db += dy
    }
  }

  /// `y = a − b`.
  record Minus(Tensor a, Tensor b) implements OfTwo {
    public Minus {
      Check.broadcast("minus", a.shape(), b.shape());
    }

    @Override
    public void forward(Tensor y) {
      compute(Binary.SUBTRACT, a, b, y);
    }

    @Override
    public void backward(Tensor y) {
      addTo(a, y, y.required(), 1); // da += dy
      addTo(b, y, y.required(), -1); // db −= dy
    }
  }

  /// `y = a · b`.
  record Times(Tensor a, Tensor b) implements OfTwo {
    public Times {
      Check.broadcast("times", a.shape(), b.shape());
    }

    @Override
    public void forward(Tensor y) {
      compute(Binary.MULTIPLY, a, b, y);
    }

    @Override
    public void backward(Tensor y) {
      addProductTo(a, y, b); // da += dy · b
      addProductTo(b, y, a); // db += dy · a
    }

    private static void addProductTo(Tensor to, Tensor y, Tensor factor) {
      if (to.tracked()) {
        var product = combined(Binary.MULTIPLY, y.shape(), y.required(), factor);
        addTo(to, y, product, 1);
        Tape.memory().release(product);
      }
    }
  }

  /// `y = a / b`.
  record Divide(Tensor a, Tensor b) implements OfTwo {
    public Divide {
      Check.broadcast("dividedBy", a.shape(), b.shape());
    }

    @Override
    public void forward(Tensor y) {
      compute(Binary.DIVIDE, a, b, y);
    }

    @Override
    public void backward(Tensor y) {
      var quotient = combined(Binary.DIVIDE, y.shape(), y.required(), b);
      addTo(a, y, quotient, 1); // da += dy / b
      if (b.tracked()) {
        int n = y.shape().size();
        var product = Tape.memory().zeros(n);
        KERNELS.elementwise().addProduct(quotient, y.data(), product, n);
        addTo(b, y, product, -1); // db −= dy · y / b
        Tape.memory().release(product);
      }
      Tape.memory().release(quotient);
    }
  }

  /// The larger or the smaller of two; also the comparisons, through which nothing flows back.
  record Extreme(Binary f, Tensor a, Tensor b) implements OfTwo {
    public Extreme {
      Check.broadcast(f.name().toLowerCase(Locale.ROOT), a.shape(), b.shape());
    }

    @Override
    public void forward(Tensor y) {
      compute(f, a, b, y);
    }

    @Override
    public void backward(Tensor y) {
      int n = y.shape().size();
      var share = Tape.memory().zeros(n);
      var chosen = combined(Binary.EQUAL, y.shape(), y.data(), a);
      KERNELS.elementwise().addProduct(y.required(), chosen, share, n);
      addTo(a, y, share, 1); // da += dy · [y = a]
      KERNELS.elementwise().affine(share, share, -1, 0, n);
      KERNELS.elementwise().addScaled(y.required(), share, 1, n);
      addTo(b, y, share, 1); // db += dy · [y ≠ a]
      Tape.memory().release(chosen);
      Tape.memory().release(share);
    }
  }

  /// `y = scale · x + shift`.
  record Affine(Tensor x, float scale, float shift) implements OfOne {
    @Override
    public void forward(Tensor y) {
      KERNELS.elementwise().affine(x.data(), y.data(), scale, shift, n());
    }

    @Override
    public void backward(Tensor y) {
      KERNELS.elementwise().addScaled(y.required(), x.sink(), scale, n()); // dx += scale · dy
    }
  }

  /// `y = f(x)`.
  record Map(Unary f, Tensor x) implements OfOne {
    @Override
    public void forward(Tensor y) {
      KERNELS.elementwise().unary(f, x.data(), y.data(), n());
    }

    @Override
    public void backward(Tensor y) {
      KERNELS
          .elementwise()
          .unaryBackward(f, x.data(), y.data(), y.required(), x.sink(), n()); // dx += dy · f'(x)
    }
  }

  /// `y = min(max(x, low), high)`.
  record Clamp(Tensor x, float low, float high) implements OfOne {
    @Override
    public void forward(Tensor y) {
      KERNELS.elementwise().clamp(x.data(), y.data(), low, high, n());
    }

    @Override
    public void backward(Tensor y) {
      var inside = Op.compute(new Extreme(Binary.EQUAL, x, y));
      KERNELS
          .elementwise()
          .addProduct(y.required(), inside.data(), x.sink(), n()); // dx += dy·[y=x]
    }
  }

  /// `y = mask ≠ 0 ? a : b`.
  record Where(Tensor mask, Tensor a, Tensor b) implements Pointwise {
    public Where {
      Check.same("where", mask.shape(), a.shape());
      Check.same("where", a.shape(), b.shape());
    }

    @Override
    public List<Tensor> inputs() {
      return List.of(a, b);
    }

    @Override
    public Shape shape() {
      return a.shape();
    }

    @Override
    public void forward(Tensor y) {
      KERNELS.elementwise().where(mask.data(), a.data(), b.data(), y.data(), y.shape().size());
    }

    @Override
    public void backward(Tensor y) {
      int n = y.shape().size();
      var zeros = Tape.memory().zeros(n);
      var share = Tape.memory().floats(n);
      KERNELS.elementwise().where(mask.data(), y.required(), zeros, share, n);
      addTo(a, y, share, 1); // da += dy · [mask ≠ 0]
      KERNELS.elementwise().where(mask.data(), zeros, y.required(), share, n);
      addTo(b, y, share, 1); // db += dy · [mask = 0]
      Tape.memory().release(zeros);
      Tape.memory().release(share);
    }
  }

  /// `y = x / (1 − p)` with probability `1 − p`, else 0.
  record Dropout(Tensor x, float p, long seed) implements OfOne {
    public Dropout {
      Check.dropout(p);
    }

    @Override
    public void forward(Tensor y) {
      KERNELS.elementwise().dropout(x.data(), y.data(), mask());
    }

    @Override
    public void backward(Tensor y) {
      KERNELS.elementwise().dropoutBackward(y.required(), x.sink(), mask());
    }

    private Elementwise.Dropout mask() {
      return new Elementwise.Dropout(n(), p, seed);
    }
  }

  /// What ops of one tensor share.
  sealed interface OfOne extends Pointwise {
    Tensor x();

    default int n() {
      return x().shape().size();
    }

    @Override
    default List<Tensor> inputs() {
      return List.of(x());
    }

    @Override
    default Shape shape() {
      return x().shape();
    }
  }

  /// What ops of two tensors share.
  sealed interface OfTwo extends Pointwise {
    Tensor a();

    Tensor b();

    @Override
    default List<Tensor> inputs() {
      return List.of(a(), b());
    }

    @Override
    default Shape shape() {
      return Check.broadcast("pointwise", a().shape(), b().shape());
    }
  }

  private static void compute(Binary f, Tensor a, Tensor b, Tensor y) {
    var size = Broadcast.of(a.shape().dims(), b.shape().dims());
    KERNELS.elementwise().binary(f, a.data(), b.data(), y.data(), size);
  }

  /// `f(left, b)` for numbers `left` of a result's shape and an input `b` that was broadcast to it.
  private static Floats combined(Binary f, Shape shape, Floats left, Tensor b) {
    var product = Tape.memory().floats(shape.size());
    var size = Broadcast.of(shape.dims(), b.shape().dims());
    KERNELS.elementwise().binary(f, left, b.data(), product, size);
    return product;
  }

  /// Adds `scale` times a gradient of the result's shape to `to`, summed where `to` was broadcast.
  private static void addTo(Tensor to, Tensor y, Floats gradient, float scale) {
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
