package sequor.models;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import sequor.nn.Bidirectional;
import sequor.nn.Bridge;
import sequor.nn.Gru;
import sequor.nn.Lstm;
import sequor.nn.MinGru;
import sequor.nn.MinLstm;
import sequor.nn.Recurrent;
import sequor.nn.RecurrentState;
import sequor.nn.RgLru;
import sequor.nn.Rnn;
import sequor.nn.S4d;
import sequor.nn.Stacked;

/// The recurrent cells that settings can name.
public enum CellKind {
  RNN,
  LSTM,
  GRU,
  MIN_GRU,
  MIN_LSTM,
  RG_LRU,
  S4D;

  static final String ABOUT = "rnn, lstm, gru, min_gru, min_lstm, rg_lru or s4d";

  /// The recurrent layers of a model.
  ///
  /// @param inputSize what the first reads
  /// @param hiddenSize of each direction
  /// @param dropout between layers
  /// @param connection between layers
  public record Config(
      CellKind cell,
      int inputSize,
      int hiddenSize,
      int layers,
      boolean bidirectional,
      float dropout,
      Connection connection) {}

  /// Those layers, with initial values.
  public static Recurrent<?> build(Config config, RandomGenerator random) {
    return switch (config.cell) {
      case RNN -> build(config, in -> new Rnn(in, config.hiddenSize, random), random);
      case LSTM -> build(config, in -> new Lstm(in, config.hiddenSize, random), random);
      case GRU -> build(config, in -> new Gru(in, config.hiddenSize, random), random);
      case MIN_GRU -> build(config, in -> new MinGru(in, config.hiddenSize, random), random);
      case MIN_LSTM -> build(config, in -> new MinLstm(in, config.hiddenSize, random), random);
      case RG_LRU -> build(config, in -> new RgLru(in, config.hiddenSize, random), random);
      case S4D -> build(config, in -> new S4d(in, config.hiddenSize, random), random);
    };
  }

  private static <S extends RecurrentState<S>> Recurrent<?> build(
      Config config, IntFunction<Recurrent<S>> layer, RandomGenerator random) {
    return config.bidirectional
        ? stacked(config, in -> new Bidirectional<>(layer.apply(in), layer.apply(in)), random)
        : stacked(config, layer, random);
  }

  private static <S extends RecurrentState<S>> Recurrent<?> stacked(
      Config config, IntFunction<? extends Recurrent<S>> layer, RandomGenerator random) {
    List<Recurrent<S>> layers = new ArrayList<>();
    List<Bridge> bridges = new ArrayList<>();
    int in = config.inputSize;
    for (int i = 0; i < config.layers; i++) {
      if (i > 0) {
        int below = layers.getLast().hiddenSize();
        bridges.add(config.connection.bridge(in, below, random));
        in = below;
      }
      layers.add(layer.apply(in));
    }
    return layers.size() == 1 ? layers.getFirst() : new Stacked<>(layers, bridges, config.dropout);
  }
}
