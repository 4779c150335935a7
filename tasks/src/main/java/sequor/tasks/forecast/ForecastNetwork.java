package sequor.tasks.forecast;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import sequor.models.Encoder;
import sequor.models.EncoderConfig;
import sequor.models.InputSize;
import sequor.models.NoEncoder;
import sequor.nn.Activation;
import sequor.nn.Dropout;
import sequor.nn.Linear;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.nn.Sequential;
import sequor.tasks.Columns;
import sequor.tensor.Tensor;
import sequor.text.Batch;

/// What is said of some windows: a linear map, what an encoder makes of the steps, and what is
/// known of the steps to come, added up.
///
/// ```
/// y = base + linear(x) + head(encoder(x − last, features)) + future(features to come, base)
/// ```
///
/// Letters: B windows, L steps read, T steps said at once, Q numbers said of each, F features.
final class ForecastNetwork implements NnModule {
  static final String WINDOW = "window"; // (B,L)
  static final String SERIES = "text"; // (B,L,1+F), what an encoder reads
  static final String BASE = "base"; // (B,T), what the trunk says
  static final String FUTURE = "future"; // (B,T,F)
  static final String TARGET = "target"; // (B,T)

  private static final int FUTURE_SIZE = 32;

  private final int said; // T
  private final int outputs; // Q
  private final Optional<Trunk> trunk;
  private final Optional<LearnedLinear> linear;
  private final Optional<Encoder> encoder;
  private final Optional<Sequential> head;
  private final Optional<Sequential> future;

  /// @param series how many there are to learn from
  /// @param features F
  ForecastNetwork(
      ForecastModel model,
      EncoderConfig encoder,
      int series,
      int features,
      RandomGenerator random) {
    this.said = model.atOnce();
    this.outputs = model.outputs();
    int read = model.lookBack();
    boolean own = model.own() && series > 1;
    this.trunk =
        model.linear() == ForecastModel.Linear.RIDGE
            ? Optional.of(new Trunk(own ? series + 1 : 1, said, read))
            : Optional.empty();
    this.linear = LearnedLinear.of(model.linear(), read, said);
    this.encoder =
        encoder instanceof NoEncoder.Config
            ? Optional.empty()
            : Optional.of(encoder.build(InputSize.ofNumbers(1 + features), random));
    this.head =
        this.encoder.map(
            each ->
                Sequential.of(
                    new Dropout(model.dropout()),
                    new Linear(each.hiddenSize(), said * outputs, random)));
    this.future =
        features == 0
            ? Optional.empty()
            : Optional.of(
                Sequential.of(
                    new Linear(features + 1, FUTURE_SIZE, random),
                    Activation.RELU,
                    new Linear(FUTURE_SIZE, outputs, random)));
  }

  Optional<Trunk> trunk() {
    return trunk;
  }

  /// Whether anything learns step by step.
  boolean learns() {
    return linear.isPresent() || encoder.isPresent() || future.isPresent();
  }

  /// Whether an encoder reads the steps.
  boolean reads() {
    return encoder.isPresent();
  }

  /// What is said of each step. // (B,T,Q)
  Tensor forward(Batch batch) {
    var base = Columns.numbers(batch, BASE).unsqueeze(2); // (B,T,1)
    var y = base;
    if (linear.isPresent()) {
      y = y.plus(linear.get().forward(Columns.numbers(batch, WINDOW)).unsqueeze(2));
    }
    y = y.plus(Tensor.zeros(1, 1, outputs)); // (B,T,Q)
    if (encoder.isPresent() && head.isPresent()) {
      var last = encoder.get().last(Columns.inputs(batch)); // (B,E)
      y = y.plus(head.get().forward(last).reshape(batch.size(), said, outputs));
    }
    if (future.isPresent()) { // of each step alone
      var known = Tensor.concat(2, List.of(Columns.numbers(batch, FUTURE), base)); // (B,T,F+1)
      y = y.plus(future.get().forward(known));
    }
    return y;
  }

  @Override
  public Parts parts() {
    var parts = Parts.none();
    trunk.ifPresent(part -> parts.and("trunk", part));
    linear.ifPresent(part -> parts.and("linear", part));
    encoder.ifPresent(part -> parts.and("encoder", part));
    head.ifPresent(part -> parts.and("head", part));
    future.ifPresent(part -> parts.and("future", part));
    return parts;
  }
}
