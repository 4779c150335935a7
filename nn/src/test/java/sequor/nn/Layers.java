package sequor.nn;

import java.util.List;
import java.util.random.RandomGenerator;
import sequor.Seed;
import sequor.tensor.Tensor;

/// Every kind of recurrent layer, built the same way each time.
enum Layers {
  RNN_TANH,
  RNN_RELU,
  LSTM,
  GRU,
  REVERSED,
  BIDIRECTIONAL,
  BIDIRECTIONAL_STACKS,
  STACKED,
  STACKED_BIDIRECTIONAL;

  static final int INPUT = 3;

  Recurrent<?> make() {
    var random = new Seed(1).child(name()).generator();
    return switch (this) {
      case RNN_TANH -> new Rnn(INPUT, 4, random);
      case RNN_RELU -> new Rnn(new RnnCell(INPUT, 4, Activation.RELU, random));
      case LSTM -> lstm(INPUT, random);
      case GRU -> new Gru(INPUT, 4, random);
      case REVERSED -> lstm(INPUT, random).reversed();
      case BIDIRECTIONAL -> bothWays(INPUT, random);
      case BIDIRECTIONAL_STACKS -> new Bidirectional<>(stack(random), stack(random));
      case STACKED -> stack(random);
      case STACKED_BIDIRECTIONAL ->
          new Stacked<>(List.of(bothWays(INPUT, random), bothWays(8, random)), 0);
    };
  }

  private static Lstm lstm(int inputSize, RandomGenerator random) {
    return new Lstm(inputSize, 4, random);
  }

  private static Bidirectional<Lstm.State> bothWays(int inputSize, RandomGenerator random) {
    return new Bidirectional<>(lstm(inputSize, random), lstm(inputSize, random));
  }

  private static Stacked<Lstm.State> stack(RandomGenerator random) {
    return new Stacked<>(List.of(lstm(INPUT, random), lstm(4, random)), 0);
  }

  /// A state of the layer's kind with random numbers in it.
  static <S extends RecurrentState<S>> S randomState(
      Recurrent<S> layer, int batch, RandomGenerator random) {
    var zero = layer.zeroState(batch);
    return zero.with(
        zero.tensors().stream().map(t -> Tensor.randn(random, t.shape().dims())).toList());
  }
}
