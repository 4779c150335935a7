package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import sequor.kernels.Products;
import sequor.kernels.Products.Matmul;
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
      var products = new ArrayList<Matmul>();
      if (a.tracked()) { // da += dy · bᵀ
        var size = Size.of(m(), n(), k()).times(batch()).transposingB().adding();
        products.add(new Matmul(y.required(), b.data(), a.sink(), size));
      }
      if (b.tracked()) { // db += aᵀ · dy
        var size = Size.of(k(), m(), n()).times(batch()).transposingA().adding();
        products.add(new Matmul(a.data(), y.required(), b.sink(), size));
      }
      KERNELS.products().matmuls(products);
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
      KERNELS.products().linear(x.data(), weight.data(), bias.data(), y.data(), size());
    }

    /// `y += x · Wᵀ + b`.
    void addTo(Tensor y) {
      KERNELS.products().linear(x.data(), weight.data(), bias.data(), y.data(), size().adding());
    }

    @Override
    public void backward(Tensor y) {
      KERNELS.products().matmuls(products(y));
      addToBias(y);
    }

    /// The products that give the gradients of `x` and `W`.
    private List<Matmul> products(Tensor y) {
      var size = size();
      var products = new ArrayList<Matmul>();
      if (x.tracked()) { // dx += dy · W
        var toInput = Size.of(size.rows(), size.out(), size.in()).adding();
        products.add(new Matmul(y.required(), weight.data(), x.sink(), toInput));
      }
      if (weight.tracked()) { // dW += dyᵀ · x
        var toWeight = Size.of(size.out(), size.rows(), size.in()).transposingA().adding();
        products.add(new Matmul(y.required(), x.data(), weight.sink(), toWeight));
      }
      return products;
    }

    private void addToBias(Tensor y) {
      if (bias.tracked()) { // db += Σ dy
        KERNELS.copies().add(y.required(), bias.sink(), Layout.summing(y.shape(), bias.shape()));
      }
    }

    private Products.Linear size() {
      return Products.Linear.of(x.shape().outer(-1), weight.dim(1), weight.dim(0));
    }
  }

  /// `y = (x · Wᵀ + b) + (h · Uᵀ + c)`, two linear layers of one output.
  record LinearSum(Linear first, Linear second) implements Product {
    public LinearSum {
      Check.same("linear sum", first.shape(), second.shape());
    }

    @Override
    public List<Tensor> inputs() {
      return Stream.of(first, second).flatMap(each -> each.inputs().stream()).toList();
    }

    @Override
    public Shape shape() {
      return first.shape();
    }

    @Override
    public void forward(Tensor y) {
      first.forward(y);
      second.addTo(y);
    }

    @Override
    public void backward(Tensor y) {
      var products = first.products(y);
      products.addAll(second.products(y));
      KERNELS.products().matmuls(products);
      first.addToBias(y);
      second.addToBias(y);
    }
  }
}
