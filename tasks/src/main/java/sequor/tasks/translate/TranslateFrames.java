package sequor.tasks.translate;

import java.util.List;
import sequor.Seed;
import sequor.data.DataException;
import sequor.data.DataSet;
import sequor.data.Fractions;
import sequor.json.Json;
import sequor.models.EncoderDecoderConfig;
import sequor.settings.Places;
import sequor.settings.Settings;
import sequor.tasks.FrameReader;
import sequor.tasks.Learning;
import sequor.tasks.ModelConfig;
import sequor.tasks.TrainingSettings;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;
import sequor.text.Whitespace;

/// Trains what says texts of vectors in a program, with neither files nor recipes.
///
/// ```java
/// var translator = TranslateFrames.with(RecurrentEncoderDecoder.Config.of(CellKind.GRU, 64))
///     .epochs(20).seed(7).train(captions);
/// ```
///
/// Each method gives a new one, so that one can be the beginning of several trainings.
public final class TranslateFrames {
  private static final Fractions PARTS = new Fractions(0.9, 0.1, 0);

  private final EncoderDecoderConfig network;
  private final TrainingSettings training;

  private TranslateFrames(EncoderDecoderConfig network, TrainingSettings training) {
    this.network = network;
    this.training = training;
  }

  /// With that network, whose texts are cut at white space.
  public static TranslateFrames with(EncoderDecoderConfig network) {
    var training =
        TrainingSettings.standard()
            .with("watch", "bleu")
            .with("optimizer", "adam")
            .with("batch_size", 16)
            .with("clip_norm", 1.0)
            .with("learning_rate", 0.005);
    return new TranslateFrames(network, training);
  }

  /// How it learns.
  public TranslateFrames training(TrainingSettings training) {
    return new TranslateFrames(network, training);
  }

  /// How it learns: `frames.training(frames.training().with("patience", 10))`.
  public TrainingSettings training() {
    return training;
  }

  public TranslateFrames epochs(int epochs) {
    return training(training.withEpochs(epochs));
  }

  public TranslateFrames seed(int seed) {
    return training(training.withSeed(seed));
  }

  /// Learns from nine in ten of these examples, and stops when it gets no better on the tenth.
  ///
  /// @throws DataException if there are no examples
  public FrameTranslator train(List<FrameExample> examples) {
    var random = new Seed(training.seed()).child("split").generator();
    return train(DataSet.split(examples, PARTS, random));
  }

  /// Learns from the training examples, and stops when it gets no better on those to validate; with
  /// none to validate those to learn from tell when to stop.
  ///
  /// @throws DataException if there are no examples
  public FrameTranslator train(DataSet<FrameExample> examples) {
    if (examples.train().toList().isEmpty()) {
      throw new DataException("translate: expected examples to learn from, got none; give some");
    }
    var tokens = TokenSettings.standard().withMaxLength(100);
    int width = examples.train().toList().getFirst().frames().width();
    var reader = FrameReader.of(width, tokens);
    var texts = examples.train().map(FrameExample::target).iterable();
    var tokenizer = Tokenizer.learn(new Whitespace(), tokens, texts);
    boolean validates = !examples.valid().toList().isEmpty();
    var held =
        validates ? examples : new DataSet<>(examples.train(), examples.train(), examples.test());
    var job =
        new FrameTranslateJob(
            settings(reader, tokens),
            FrameTranslateJob.learned(reader, examples),
            tokenizer,
            held,
            new Seed(training.seed()));
    var nothing = new Settings(Json.object(), "training.", Places.NOWHERE);
    new Learning(training, nothing).trainer(job).run(training.epochs());
    job.finish();
    return job.predictor();
  }

  private Settings settings(FrameReader reader, TokenSettings tokens) {
    var json =
        Json.object()
            .with("data", Json.object().with("values", reader.columns()).with("missing", "mean"))
            .with(
                "tokens", Json.object().with("tokenizer", "whitespace").with(Settings.json(tokens)))
            .with("model", ModelConfig.chosen("architecture", network.kind(), network))
            .with("training", Settings.json(training));
    return new TranslateTask().schema().complete(json, Places.NOWHERE);
  }
}
