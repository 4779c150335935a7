package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import java.util.List;
import sequor.kernels.Rows;

/// Ops on each row of the last axis.
sealed interface Rowwise extends Op {
  Tensor x();

  @Override
  default List<Tensor> inputs() {
    return List.of(x());
  }

  @Override
  default Shape shape() {
    return x().shape();
  }

  /// `y = eˣ / Σ eˣ`.
  record Softmax(Tensor x) implements Rowwise {
    @Override
    public void forward(Tensor y) {
      KERNELS.rows().softmax(x.data(), y.data(), size(x));
    }

    @Override
    public void backward(Tensor y) { // dx += y · (dy − Σ dy·y)
      KERNELS.rows().softmaxBackward(y.data(), y.required(), x.sink(), size(x));
    }

    @Override
    public List<Tensor> saved(Tensor y) {
      return List.of(y);
    }
  }

  /// `y = x − ln Σ eˣ`.
  record LogSoftmax(Tensor x) implements Rowwise {
    @Override
    public void forward(Tensor y) {
      KERNELS.rows().logSoftmax(x.data(), y.data(), size(x));
    }

    @Override
    public void backward(Tensor y) { // dx += dy − eʸ · Σ dy
      KERNELS.rows().logSoftmaxBackward(y.data(), y.required(), x.sink(), size(x));
    }

    @Override
    public List<Tensor> saved(Tensor y) {
      return List.of(y);
    }
  }

  /// `y = ln Σ eˣ` of each row, which becomes one number.
  record LogSumExp(Tensor x) implements Rowwise {
    @Override
    public Shape shape() {
      return x.shape().without(-1);
    }

    @Override
    public void forward(Tensor y) {
      KERNELS.rows().logSumExp(x.data(), y.data(), size(x));
    }

    @Override
    public void backward(Tensor y) { // dx += dy · e^(x − y)
      KERNELS.rows().logSumExpBackward(x.data(), y.data(), y.required(), x.sink(), size(x));
    }

    @Override
    public List<Tensor> saved(Tensor y) {
      return List.of(x, y);
    }
  }

  /// `y = −w[t] · ln softmax(x)[t]` for the target class t of each row, with label smoothing.
  record CrossEntropy(Tensor x, Ids targets, Tensor weights, int ignored, float smoothing)
      implements Rowwise {
    public CrossEntropy {
      Check.targets(x.shape(), targets, ignored);
      Check.shape("cross-entropy: the class weights", weights.shape(), x.dim(-1));
      if (weights.tracked()) {
        throw Check.wrong(
            "cross-entropy: the class weights require a gradient, and have none; detach() them");
      }
      if (!(smoothing >= 0 && smoothing <= 1)) {
        throw Check.wrong("cross-entropy: smoothing must be from 0 to 1, got %s", smoothing);
      }
    }

    @Override
    public Shape shape() {
      return targets.shape();
    }

    @Override
    public void forward(Tensor y) {
      KERNELS.rows().crossEntropy(x.data(), targets.ints(), weights.data(), y.data(), classes());
    }

    @Override
    public void backward(Tensor y) { // dx += dy · w · (softmax(x) − target)
      KERNELS
          .rows()
          .crossEntropyBackward(
              x.data(), targets.ints(), weights.data(), y.required(), x.sink(), classes());
    }

    private Rows.Classes classes() {
      return new Rows.Classes(targets.shape().size(), x.dim(-1), ignored, smoothing);
    }

    @Override
    public List<Tensor> saved(Tensor y) {
      return List.of(x, weights);
    }
  }

  /// `y = (x − mean) / √(variance + ε) · weight + bias`.
  record LayerNorm(Tensor x, Tensor weight, Tensor bias, float epsilon) implements Rowwise {
    public LayerNorm {
      Check.shape("layerNorm: the weight", weight.shape(), x.dim(-1));
      Check.shape("layerNorm: the bias", bias.shape(), x.dim(-1));
    }

    @Override
    public List<Tensor> inputs() {
      return List.of(x, weight, bias);
    }

    @Override
    public void forward(Tensor y) {
      KERNELS.rows().layerNorm(x.data(), weight.data(), bias.data(), y.data(), normal());
    }

    @Override
    public void backward(Tensor y) {
      KERNELS
          .rows()
          .layerNormBackward(
              x.data(),
              weight.data(),
              y.required(),
              Buffers.sink(x),
              Buffers.sink(weight),
              Buffers.sink(bias),
              normal());
    }

    private Rows.Normal normal() {
      return new Rows.Normal(x.shape().outer(-1), x.dim(-1), epsilon);
    }

    @Override
    public List<Tensor> saved(Tensor y) {
      return List.of(x, weight);
    }
  }

  private static Rows.Size size(Tensor x) {
    return new Rows.Size(x.shape().outer(-1), x.dim(-1));
  }
}
