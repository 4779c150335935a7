package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import java.util.List;
import sequor.kernels.Products;
import sequor.kernels.Products.Size;

/// Ops that are matrix products.
sealed interface Product extends Op {

  /// `y = a · b`: (…,M,K) · (K,N) or (…,M,K) · (…,K,N) → (…,M,N).
  record MatMul(Tensor a, Tensor b) implements Product {
    public MatMul {
      Check.matmul(a.shape(), b.shape());
    }

    @Override
    public List<Tensor> inputs() {
      return List.of(a, b);
    }

    @Override
    public Shape shape() {
      return a.shape().with(-1, n());
    }

    @Override
    public void forward(Tensor y) {
      KERNELS
          .products()
          .matmul(a.data(), b.data(), y.data(), Size.of(m(), k(), n()).times(batch()));
    }

    @Override
    public void backward(Tensor y) {
      if (a.tracked()) { // da += dy · bᵀ
        var size = Size.of(m(), n(), k()).times(batch()).transposingB().adding();
        KERNELS.products().matmul(y.required(), b.data(), a.sink(), size);
      }
      if (b.tracked()) { // db += aᵀ · dy
        var size = Size.of(k(), m(), n()).times(batch()).transposingA().adding();
        KERNELS.products().matmul(a.data(), y.required(), b.sink(), size);
      }
    }

    /// One product with all rows of `a` where `b` is a single matrix.
    private int batch() {
      return b.shape().rank() == 2 ? 1 : b.shape().outer(-2);
    }

    private int m() {
      return b.shape().rank() == 2 ? a.shape().outer(-1) : a.dim(-2);
    }

    private int k() {
      return a.dim(-1);
    }

    private int n() {
      return b.dim(-1);
    }
  }

  /// `y = x · Wᵀ + b`: (…,D) with W (H,D) and b (H) → (…,H).
  record Linear(Tensor x, Tensor weight, Tensor bias) implements Product {
    public Linear {
      Check.linear(x.shape(), weight.shape(), bias.shape());
    }

    @Override
    public List<Tensor> inputs() {
      return List.of(x, weight, bias);
    }

    @Override
    public Shape shape() {
      return x.shape().with(-1, weight.dim(0));
    }

    @Override
    public void forward(Tensor y) {
      var size = new Products.Linear(rows(), weight.dim(1), weight.dim(0));
      KERNELS.products().linear(x.data(), weight.data(), bias.data(), y.data(), size);
    }

    @Override
    public void backward(Tensor y) {
      int in = weight.dim(1);
      int out = weight.dim(0);
      if (x.tracked()) { // dx += dy · W
        var size = Size.of(rows(), out, in).adding();
        KERNELS.products().matmul(y.required(), weight.data(), x.sink(), size);
      }
      if (weight.tracked()) { // dW += dyᵀ · x
        var size = Size.of(out, rows(), in).transposingA().adding();
        KERNELS.products().matmul(y.required(), x.data(), weight.sink(), size);
      }
      if (bias.tracked()) { // db += Σ dy
        KERNELS.moves().add(y.required(), bias.sink(), Layout.summing(y.shape(), bias.shape()));
      }
    }

    private int rows() {
      return x.shape().outer(-1);
    }
  }
}
