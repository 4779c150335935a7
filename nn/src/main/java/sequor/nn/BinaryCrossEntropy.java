package sequor.nn;

import java.util.List;
import sequor.tensor.CustomOp;
import sequor.tensor.Shape;
import sequor.tensor.Tensor;

/// `y = −(t·ln x + (1 − t)·ln(1 − x))` with logarithms held at −100 or more.
///
/// An op of its own, because the chain through a logarithm of 0 would give NaN: the slope is taken
/// as a whole, and its denominator held at 10⁻¹² or more, as in PyTorch.
record BinaryCrossEntropy(Tensor x, Tensor target) implements CustomOp {
  private static final float LEAST_LOG = -100;
  private static final float LEAST_VARIANCE = 1e-12f;

  @Override
  public List<Tensor> inputs() {
    return List.of(x, target);
  }

  @Override
  public Shape shape() {
    return x.shape();
  }

  @Override
  public void forward(Tensor y) {
    var no = logOfNo();
    y.assign(target.times(no.minus(logOfYes())).minus(no));
  }

  @Override
  public List<Tensor> saved(Tensor y) {
    return List.of(x, target);
  }

  @Override
  public void backward(Tensor y) {
    var dy = y.grad();
    var variance = x.times(x.negate().plus(1)).maximum(LEAST_VARIANCE);
    x.addGrad(dy.times(x.minus(target)).dividedBy(variance)); // dx += dy · (x − t) / (x·(1 − x))
    target.addGrad(dy.times(logOfNo().minus(logOfYes()))); // dt += dy · (ln(1 − x) − ln x)
  }

  private Tensor logOfYes() {
    return x.log().maximum(LEAST_LOG);
  }

  private Tensor logOfNo() {
    return x.negate().log1p().maximum(LEAST_LOG);
  }
}
