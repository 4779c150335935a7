package sequor.tensor;

import static sequor.tensor.Broadcasting.addSlopeTo;
import static sequor.tensor.Broadcasting.addTo;
import static sequor.tensor.Broadcasting.combined;
import static sequor.tensor.Broadcasting.compute;
import static sequor.tensor.Broadcasting.expanded;
import static sequor.tensor.Compute.KERNELS;

import java.util.List;
import sequor.kernels.Binary;
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
    public List<Tensor> saved(Tensor y) {
      return List.of();
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
    public List<Tensor> saved(Tensor y) {
      return List.of();
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
    public List<Tensor> saved(Tensor y) {
      return a.tracked() ? b.tracked() ? List.of(a, b) : List.of(b) : List.of(a);
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
    public List<Tensor> saved(Tensor y) {
      return b.tracked() ? List.of(b, y) : List.of(b);
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

  /// `y = aᵇ`.
  record Power(Tensor a, Tensor b) implements OfTwo {
    public Power {
      Check.broadcast("pow", a.shape(), b.shape());
    }

    @Override
    public void forward(Tensor y) {
      compute(Binary.POWER, a, b, y);
    }

    @Override
    public List<Tensor> saved(Tensor y) {
      return List.of(a, b);
    }

    @Override
    public void backward(Tensor y) {
      addSlopeTo(a, y, Binary.POWER_BASE_SLOPE, a, b); // da += dy · b·aᵇ⁻¹
      addSlopeTo(b, y, Binary.POWER_EXPONENT_SLOPE, a, b); // db += dy · aᵇ·ln a
    }
  }

  /// The larger or the smaller of two; where both are equal, each gets half of the gradient.
  record Extreme(Binary f, Tensor a, Tensor b) implements OfTwo {
    public Extreme {
      Check.broadcast(f == Binary.MAXIMUM ? "maximum" : "minimum", a.shape(), b.shape());
    }

    @Override
    public void forward(Tensor y) {
      compute(f, a, b, y);
    }

    @Override
    public List<Tensor> saved(Tensor y) {
      return List.of(a, b);
    }

    @Override
    public void backward(Tensor y) {
      var large = f == Binary.MAXIMUM ? a : b;
      var small = f == Binary.MAXIMUM ? b : a;
      addSlopeTo(a, y, Binary.MAXIMUM_SLOPE, large, small); // da += dy·(1 − [a<b] − ½[a=b])
      addSlopeTo(b, y, Binary.MAXIMUM_SLOPE, small, large); // db += dy·(1 − [b<a] − ½[a=b])
    }
  }

  /// `y = scale · x + shift`.
  record Affine(Tensor x, float scale, float shift) implements OfOne {
    @Override
    public void forward(Tensor y) {
      KERNELS.elementwise().affine(x.data(), y.data(), scale, shift, n());
    }

    @Override
    public List<Tensor> saved(Tensor y) {
      return List.of();
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
    public List<Tensor> saved(Tensor y) {
      return f.slopeReadsInput() ? List.of(x) : f.slopeReadsOutput() ? List.of(y) : List.of();
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
    public List<Tensor> saved(Tensor y) {
      return List.of(x);
    }

    @Override
    public void backward(Tensor y) { // dx += dy · [low ≤ x ≤ high]
      var held = Tape.memory().floats(n());
      KERNELS.elementwise().clamp(x.data(), held, low, high, n());
      var inside = combined(Binary.EQUAL, x.shape(), held, x);
      KERNELS.elementwise().addProduct(y.required(), inside, x.sink(), n());
      Tape.memory().release(inside);
      Tape.memory().release(held);
    }
  }

  /// `y = mask ≠ 0 ? a : b`, all three broadcast.
  record Where(Tensor mask, Tensor a, Tensor b) implements Pointwise {
    public Where {
      Check.broadcast("where", Check.broadcast("where", mask.shape(), a.shape()), b.shape());
    }

    @Override
    public List<Tensor> inputs() {
      return List.of(a, b);
    }

    @Override
    public Shape shape() {
      return Check.broadcast("where", Check.broadcast("where", mask.shape(), a.shape()), b.shape());
    }

    @Override
    public void forward(Tensor y) {
      var yes = expanded(a, y.shape());
      var no = expanded(b, y.shape());
      choose(yes, no, y.data(), y.shape());
      release(yes, a);
      release(no, b);
    }

    @Override
    public List<Tensor> saved(Tensor y) {
      return List.of(mask);
    }

    @Override
    public void backward(Tensor y) {
      int n = y.shape().size();
      var zeros = Tape.memory().zeros(n);
      var share = Tape.memory().floats(n);
      var dy = y.required();
      choose(dy, zeros, share, y.shape());
      addTo(a, y, share, 1); // da += dy · [mask ≠ 0]
      choose(zeros, dy, share, y.shape());
      addTo(b, y, share, 1); // db += dy · [mask = 0]
      Tape.memory().release(zeros);
      Tape.memory().release(share);
    }

    private void choose(Floats yes, Floats no, Floats y, Shape shape) {
      var masks = expanded(mask, shape);
      KERNELS.elementwise().where(masks, yes, no, y, shape.size());
      release(masks, mask);
    }

    private static void release(Floats expanded, Tensor from) {
      if (expanded != from.data()) {
        Tape.memory().release(expanded);
      }
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
    public List<Tensor> saved(Tensor y) {
      return List.of();
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
}
