package sequor.models;

import java.util.List;
import java.util.random.RandomGenerator;
import sequor.nn.Parts;
import sequor.nn.Recurrent;
import sequor.nn.RecurrentState;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// Reads step by step, one way or both.
///
/// ```
/// ids (B,T) → embedding (B,T,D) → recurrent layers (B,T,H)
/// ```
///
/// Of numbers the layers read the column as it is.
public final class RecurrentEncoder implements Encoder {
  /// @param embeddingSize D, of ids
  /// @param hiddenSize of each direction
  /// @param tokenDropout the share of tokens whose whole vector is dropped
  /// @param embeddingDropout on the embedded tokens
  /// @param layerDropout between layers
  public record Config(
      @Setting(value = "gru", about = CellKind.ABOUT) CellKind cell,
      @Setting(
              value = "64",
              min = 1,
              max = 1 << 14,
              about = "of a token's vector; with vectors, theirs")
          int embeddingSize,
      @Setting(value = "128", min = 1, max = 1 << 14, about = "of each direction") int hiddenSize,
      @Setting(value = "1", min = 1, max = 64, about = "one on the other") int layers,
      @Setting(value = "true", about = "whether it reads both ways") boolean bidirectional,
      @Setting(value = "0.0", min = 0, max = 0.99, about = "share of tokens hidden in training")
          float tokenDropout,
      @Setting(value = "0.0", min = 0, max = 0.99, about = "of the tokens' vectors")
          float embeddingDropout,
      @Setting(value = "0.0", min = 0, max = 0.99, about = "between layers") float layerDropout)
      implements EncoderConfig {

    /// One layer both ways, tokens of half the size.
    public static Config of(CellKind cell, int hiddenSize) {
      var standard = Settings.defaults(Config.class);
      int embeddingSize = Math.max(1, hiddenSize / 2);
      return new Config(
          cell,
          embeddingSize,
          hiddenSize,
          1,
          true,
          standard.tokenDropout,
          standard.embeddingDropout,
          standard.layerDropout);
    }

    public Config withLayers(int layers, float layerDropout) {
      return new Config(
          cell,
          embeddingSize,
          hiddenSize,
          layers,
          bidirectional,
          tokenDropout,
          embeddingDropout,
          layerDropout);
    }

    @Override
    public Config withEmbeddingSize(int size) {
      return new Config(
          cell,
          size,
          hiddenSize,
          layers,
          bidirectional,
          tokenDropout,
          embeddingDropout,
          layerDropout);
    }

    /// One that reads forwards only.
    public Config oneWay() {
      return new Config(
          cell,
          embeddingSize,
          hiddenSize,
          layers,
          false,
          tokenDropout,
          embeddingDropout,
          layerDropout);
    }

    @Override
    public int tokenSize() {
      return embeddingSize;
    }

    @Override
    public String kind() {
      return RecurrentKind.NAME;
    }

    @Override
    public Encoder build(InputSize size, RandomGenerator random) {
      return new RecurrentEncoder(this, size, random);
    }

    CellKind.Config layers(int inputSize) {
      return new CellKind.Config(cell, inputSize, hiddenSize, layers, bidirectional, layerDropout);
    }
  }

  private final StepVectors vectors;
  private final Recurrent<?> layers;
  private final boolean oneWay;

  private RecurrentEncoder(Config config, InputSize size, RandomGenerator random) {
    vectors =
        StepVectors.of(
            size, config.embeddingSize, config.tokenDropout, config.embeddingDropout, random);
    layers = CellKind.build(config.layers(vectors.width()), random);
    oneWay = !config.bidirectional;
  }

  /// One layer of LSTM both ways.
  public static Config lstm(int hiddenSize) {
    return Config.of(CellKind.LSTM, hiddenSize);
  }

  /// One layer of GRU both ways.
  public static Config gru(int hiddenSize) {
    return Config.of(CellKind.GRU, hiddenSize);
  }

  /// One layer of Elman's cell both ways.
  public static Config rnn(int hiddenSize) {
    return Config.of(CellKind.RNN, hiddenSize);
  }

  @Override
  public int hiddenSize() {
    return layers.hiddenSize();
  }

  @Override
  public Encoded encode(Inputs inputs) {
    return encoded(layers, vectors.of(inputs), inputs.spans(Inputs.TEXT));
  }

  private static <S extends RecurrentState<S>> Encoded encoded(
      Recurrent<S> layers, Tensor x, Spans spans) {
    var output = layers.forward(x, spans); // (B,T,H)
    return new Encoded(output.hidden(), spans, output.last().output());
  }

  /// Whether it reads forwards only, so that it can read a sequence as it comes.
  public boolean isOneWay() {
    return oneWay;
  }

  /// Reads on from a state that is given tensor by tensor, step by step or more at once; no tensors
  /// are that before the first step. Only of one that [#isOneWay()].
  ///
  /// @param inputs of one row or more, all of whose steps are real
  public Stretch stretch(Inputs inputs, List<Tensor> state) {
    return stretch(layers, vectors.of(inputs), state, inputs.spans(Inputs.TEXT));
  }

  private static <S extends RecurrentState<S>> Stretch stretch(
      Recurrent<S> layers, Tensor x, List<Tensor> state, Spans spans) {
    var zero = layers.zeroState(x.dim(0));
    var output = layers.forward(x, state.isEmpty() ? zero : zero.with(state), spans);
    return new Stretch(output.hidden(), output.last().tensors());
  }

  /// What stands for the whole sequence, of a state that is given tensor by tensor. // (B,H)
  Tensor output(List<Tensor> state) {
    return output(layers, state);
  }

  private static <S extends RecurrentState<S>> Tensor output(
      Recurrent<S> layers, List<Tensor> state) {
    return layers.zeroState(1).with(state).output();
  }

  /// The last states of all layers, of a state that is given tensor by tensor. // (B,L·H)
  Tensor outputs(List<Tensor> state) {
    return outputs(layers, state);
  }

  private static <S extends RecurrentState<S>> Tensor outputs(
      Recurrent<S> layers, List<Tensor> state) {
    return Tensor.concat(-1, layers.zeroState(1).with(state).outputs());
  }

  @Override
  public Tensor last(Inputs inputs) {
    return last(layers, vectors.of(inputs), inputs.spans(Inputs.TEXT)); // (B,H)
  }

  private static <S extends RecurrentState<S>> Tensor last(
      Recurrent<S> layers, Tensor x, Spans spans) {
    return layers.last(x, spans).output();
  }

  @Override
  public int layersSize() {
    return layers.zeroState(1).outputs().stream().mapToInt(state -> state.dim(-1)).sum();
  }

  @Override
  public Tensor lastOfLayers(Inputs inputs) {
    return lastOfLayers(layers, vectors.of(inputs), inputs.spans(Inputs.TEXT)); // (B,L·H)
  }

  private static <S extends RecurrentState<S>> Tensor lastOfLayers(
      Recurrent<S> layers, Tensor x, Spans spans) {
    return Tensor.concat(-1, layers.last(x, spans).outputs());
  }

  @Override
  public Parts parts() {
    return vectors.parts().and("layers", layers);
  }
}
