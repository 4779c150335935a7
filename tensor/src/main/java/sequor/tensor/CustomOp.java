package sequor.tensor;

/// An op of your own.
///
/// ```java
/// record MyRelu(Tensor x) implements CustomOp {
///   public List<Tensor> inputs() { return List.of(x); }
///   public Shape shape() { return x.shape(); }
///   public List<Tensor> saved(Tensor y) { return List.of(x); }
///   public void forward(Tensor y) { y.assign(x.maximum(0)); }
///   public void backward(Tensor y) { x.addGrad(y.grad().times(x.greaterThan(0))); } // dy · [x > 0]
/// }
///
/// var y = Op.apply(new MyRelu(x));
/// ```
///
/// Nothing inside `forward` and `backward` is recorded. Prove the derivative with a
/// [GradientCheck]. An op with a kernel of its own works on [Buffers].
public non-sealed interface CustomOp extends Op {}
