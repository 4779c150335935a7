package sequor.nn;

import java.util.random.RandomGenerator;
import sequor.kernels.Recurrences.Cell;
import sequor.tensor.Recurrence;
import sequor.tensor.Tensor;

/// The parameters of one recurrent layer and direction, shared by its cell and its sequence, with
/// PyTorch's names, layout and initial values.
final class RecurrentWeights {
  private final Cell cell;
  private final int hiddenSize;
  private final Recurrence.Weights weights;

  RecurrentWeights(Cell cell, int inputSize, int hiddenSize, RandomGenerator random) {
    if (inputSize < 1 || hiddenSize < 1) {
      throw new NnException(
          "recurrent layer: sizes must be 1 or more, got input %d and hidden %d"
              .formatted(inputSize, hiddenSize));
    }
    int gates = cell.gates() * hiddenSize;
    this.cell = cell;
    this.hiddenSize = hiddenSize;
    this.weights =
        new Recurrence.Weights(
            Init.byFanIn(random, hiddenSize, gates, inputSize),
            Init.byFanIn(random, hiddenSize, gates, hiddenSize),
            Init.byFanIn(random, hiddenSize, gates),
            Init.byFanIn(random, hiddenSize, gates));
  }

  Cell cell() {
    return cell;
  }

  int hiddenSize() {
    return hiddenSize;
  }

  Recurrence.Weights tensors() {
    return weights;
  }

  /// What the gates are made of where input and state meet in one sum: (B,D) and (B,H) → (B,G·H).
  Tensor sums(Tensor x, Tensor h) {
    return Recurrence.sums(weights, x, h);
  }

  /// `x · W_ihᵀ + b_ih`: (B,D) → (B,G·H).
  Tensor projectInput(Tensor x) {
    return x.linear(weights.inputs(), weights.inputBias());
  }

  /// `h · W_hhᵀ + b_hh`: (B,H) → (B,G·H).
  Tensor projectHidden(Tensor h) {
    return h.linear(weights.hidden(), weights.hiddenBias());
  }

  Tensor zeros(int batch) {
    return Tensor.zeros(batch, hiddenSize);
  }

  Parts parts(String suffix) {
    return Parts.of("weight_ih" + suffix, weights.inputs())
        .and("weight_hh" + suffix, weights.hidden())
        .and("bias_ih" + suffix, weights.inputBias())
        .and("bias_hh" + suffix, weights.hiddenBias());
  }
}
