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
  MIN_GRU,
  MIN_LSTM,
  RG_LRU,
  S4D,
  REVERSED,
  BIDIRECTIONAL,
  BIDIRECTIONAL_STACKS,
  BIDIRECTIONAL_SCANS,
  STACKED,
  STACKED_BIDIRECTIONAL,
  STACKED_SCANS,
  STACKED_HIGHWAY,
  STACKED_NORM,
  STACKED_BIDIRECTIONAL_HIGHWAY;

  static final int INPUT = 3;

  Recurrent<?> make() {
    var random = new Seed(1).child(name()).generator();
    return switch (this) {
      case RNN_TANH -> new Rnn(INPUT, 4, random);
      case RNN_RELU -> new Rnn(new RnnCell(INPUT, 4, Activation.RELU, random));
      case LSTM -> lstm(INPUT, random);
      case GRU -> new Gru(INPUT, 4, random);
      case MIN_GRU -> new MinGru(INPUT, 4, random);
      case MIN_LSTM -> new MinLstm(INPUT, 4, random);
      case RG_LRU -> new RgLru(INPUT, 4, random);
      case S4D -> s4d(INPUT, random);
      case REVERSED -> lstm(INPUT, random).reversed();
      case BIDIRECTIONAL -> bothWays(INPUT, random);
      case BIDIRECTIONAL_STACKS -> new Bidirectional<>(stack(random), stack(random));
      case BIDIRECTIONAL_SCANS -> new Bidirectional<>(s4d(INPUT, random), s4d(INPUT, random));
      case STACKED_SCANS ->
          new Stacked<>(List.of(new MinGru(INPUT, 4, random), new RgLru(4, 4, random)), 0);
      case STACKED -> stack(random);
      case STACKED_HIGHWAY ->
          new Stacked<>(
              List.of(lstm(INPUT, random), lstm(4, random), lstm(4, random)),
              List.of(new Highway(INPUT, 4, random), new Highway(4, 4, random)),
              0);
      case STACKED_NORM ->
          new Stacked<>(
              List.of(lstm(INPUT, random), lstm(4, random)), List.of(Bridge.layerNorm(4)), 0);
      case STACKED_BIDIRECTIONAL_HIGHWAY ->
          new Stacked<>(
              List.of(bothWays(INPUT, random), bothWays(8, random)),
              List.of(new Highway(INPUT, 8, random)),
              0);
      case STACKED_BIDIRECTIONAL ->
          new Stacked<>(List.of(bothWays(INPUT, random), bothWays(8, random)), 0);
    };
  }

  private static Lstm lstm(int inputSize, RandomGenerator random) {
    return new Lstm(inputSize, 4, random);
  }

  /// Of few states, which are read more strongly than at first.
  private static S4d s4d(int inputSize, RandomGenerator random) {
    var cell = new S4dCell(inputSize, 4, 6, random);
    cell.parameter("c").assign(Tensor.randn(random, 4, 3, 2));
    cell.parameter("log_dt").assign(Tensor.uniform(random, -3, -1, 4));
    return new S4d(cell);
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
