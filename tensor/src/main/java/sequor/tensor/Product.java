package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import sequor.kernels.Products;
import sequor.kernels.Products.Matmul;
import sequor.kernels.Products.Size;

/// Ops that are matrix products.
sealed interface Product extends Op {

  /// `y = a · b`: (…,M,K) · (…,K,N) → (…,M,N), or `y = a · bᵀ` for `b` (…,N,K), where the axes
  /// before the last two are broadcast. A vector on the left is a row, one on the right a column,
  /// and its axis is not in the result.
  record MatMul(Tensor a, Tensor b, boolean transposeB) implements Product {
    public MatMul {
      Check.matmul(a.shape(), b.shape(), transposeB);
    }

    @Override
    public List<Tensor> inputs() {
      return List.of(a, b);
    }

    @Override
    public List<Tensor> saved(Tensor y) {
      return List.of(a, b);
    }

    @Override
    public Shape shape() {
      var shape = batch();
      shape = a.shape().rank() > 1 ? shape.inserting(-1, a.dim(-2)) : shape;
      return b.shape().rank() > 1 ? shape.inserting(-1, n()) : shape;
    }

    @Override
    public void forward(Tensor y) {
      var size = Size.of(m(), k(), n());
      var product = new Matmul(a.data(), b.data(), y.data(), transposed(size, transposeB));
      if (isBatch()) {
        KERNELS.products().matmul(product.a(), product.b(), product.c(), times(product.size()));
      } else {
        run(product, places(a), places(b), places(y));
      }
    }

    @Override
    public void backward(Tensor y) {
      var toA = a.tracked() ? List.of(gradientOfA(y)) : List.<Matmul>of();
      var toB = b.tracked() ? List.of(gradientOfB(y)) : List.<Matmul>of();
      if (isBatch()) {
        var both = new ArrayList<>(toA);
        both.addAll(toB);
        KERNELS.products().matmuls(both);
        return;
      }
      toA.forEach(product -> run(product, places(y), places(b), places(a)));
      toB.forEach(
          product ->
              run(product, places(transposeB ? y : a), places(transposeB ? a : y), places(b)));
    }

    /// `da += dy · bᵀ`.
    private Matmul gradientOfA(Tensor y) {
      var size = transposed(times(Size.of(m(), n(), k())), !transposeB).adding();
      return new Matmul(y.required(), b.data(), a.sink(), size);
    }

    /// `db += aᵀ · dy`, and of a transposed one `dyᵀ · a`.
    private Matmul gradientOfB(Tensor y) {
      var size = transposeB ? Size.of(n(), m(), k()) : Size.of(k(), m(), n());
      var left = transposeB ? y.required() : a.data();
      var right = transposeB ? a.data() : y.required();
      return new Matmul(left, right, b.sink(), times(size).transposingA().adding());
    }

    private static Size transposed(Size size, boolean transposeB) {
      return transposeB ? size.transposingB() : size;
    }

    /// Whether the matrices of both stand one beside the other; one product with all rows of `a`
    /// where `b` is a single matrix.
    private boolean isBatch() {
      return b.shape().rank() <= 2 || a.shape().leading(2).equals(b.shape().leading(2));
    }

    private Size times(Size size) {
      return size.times(b.shape().leading(2).size());
    }

    /// Runs the products of a broadcast batch, of which each factor and the result have the given
    /// places.
    private static void run(Matmul product, int[] left, int[] right, int[] result) {
      var order = // those that go to the same place one after the other
          IntStream.range(0, result.length)
              .boxed()
              .sorted(Comparator.comparingInt(i -> result[i]))
              .mapToInt(i -> i)
              .toArray();
      var places =
          new Products.Places(
              Arrays.stream(order).map(i -> left[i]).toArray(),
              Arrays.stream(order).map(i -> right[i]).toArray(),
              Arrays.stream(order).map(i -> result[i]).toArray());
      KERNELS.products().matmul(product.a(), product.b(), product.c(), product.size(), places);
    }

    /// Which matrix of a tensor takes part in each product of the broadcast batch.
    private int[] places(Tensor tensor) {
      var own = tensor == a || tensor == b ? tensor.shape().leading(2) : batch();
      var batch = batch();
      int[] places = new int[batch.size()];
      for (int i = 0; i < places.length; i++) {
        int rest = i;
        int step = 1;
        for (int axis = 1; axis <= own.rank(); axis++) {
          places[i] += rest % batch.dim(-axis) % own.dim(-axis) * step;
          rest /= batch.dim(-axis);
          step *= own.dim(-axis);
        }
      }
      return places;
    }

    private Shape batch() {
      return Check.broadcast("matmul", a.shape().leading(2), b.shape().leading(2));
    }

    private int m() {
      int rows = a.shape().rank() > 1 ? a.dim(-2) : 1;
      return b.shape().rank() > 2 ? rows : a.shape().outer(-1);
    }

    private int k() {
      return a.dim(-1);
    }

    private int n() {
      return b.shape().rank() == 1 ? 1 : b.dim(transposeB ? -2 : -1);
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
    public List<Tensor> saved(Tensor y) {
      return List.of(x, weight);
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
      return List.of(first.x, first.weight, first.bias, second.x, second.weight, second.bias);
    }

    @Override
    public List<Tensor> saved(Tensor y) {
      return List.of(first.x, first.weight, second.x, second.weight);
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
