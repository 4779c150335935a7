package sequor.tasks.translate;

import java.util.List;
import java.util.Optional;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.Fractions;
import sequor.json.Json;
import sequor.models.BeamSearch;
import sequor.models.EncoderDecoderConfig;
import sequor.settings.Places;
import sequor.settings.Settings;
import sequor.tasks.Learning;
import sequor.tasks.TeacherSettings;
import sequor.tasks.TrainingSettings;
import sequor.text.Segmenter;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;
import sequor.text.Whitespace;
import sequor.train.TrainingListener;

/// Trains translators in a program, with neither files nor recipes.
///
/// ```java
/// var translator = Translate.with(RecurrentEncoderDecoder.Config.of(CellKind.GRU, 256))
///     .epochs(20).seed(7).train(pairs);
/// ```
///
/// Each method gives a new one, so that one can be the beginning of several trainings.
public final class Translate {
  private static final Fractions PARTS = new Fractions(0.9, 0.1, 0);

  private final TranslateConfig config;
  private final Segmenter segmenter;
  private final TranslateJob.Loss loss;
  private final Optional<Teacher> teacher;
  private final TrainingSettings training;
  private final TrainingListener listener;

  private Translate(
      TranslateConfig config,
      Segmenter segmenter,
      TranslateJob.Loss loss,
      Optional<Teacher> teacher,
      TrainingSettings training,
      TrainingListener listener) {
    this.config = config;
    this.segmenter = segmenter;
    this.loss = loss;
    this.teacher = teacher;
    this.training = training;
    this.listener = listener;
  }

  /// Translators with that network, of texts that are cut at white space, with one vocabulary for
  /// both languages.
  public static Translate with(EncoderDecoderConfig network) {
    var config =
        new TranslateConfig(
            Settings.json(TranslateConfig.Columns.standard()),
            TokenSettings.standard().withMaxLength(100),
            Json.object(),
            new TranslateConfig.Vocabularies(true),
            network,
            new TranslateConfig.Order(false),
            BeamSearch.Config.standard(),
            TranslateConfig.Scoring.standard());
    var training =
        TrainingSettings.standard()
            .with("watch", "bleu")
            .with("optimizer", "adam")
            .with("batch_size", 16)
            .with("clip_norm", 1.0)
            .with("learning_rate", 0.005);
    return new Translate(
        config,
        new Whitespace(),
        TranslateJob.Loss.standard(),
        Optional.empty(),
        training,
        new TrainingListener() {});
  }

  private Translate with(TranslateConfig other) {
    return new Translate(other, segmenter, loss, teacher, training, listener);
  }

  private Translate with(TokenSettings tokens, boolean joint) {
    return with(
        new TranslateConfig(
            config.data(),
            tokens,
            config.written(),
            new TranslateConfig.Vocabularies(joint),
            config.network(),
            config.order(),
            config.search(),
            config.scoring()));
  }

  /// Reads and says what that makes of a text.
  public Translate cutting(Segmenter segmenter, TokenSettings tokens) {
    return new Translate(
        with(tokens, config.vocabularies().joint()).config,
        segmenter,
        loss,
        teacher,
        training,
        listener);
  }

  /// Each language has a vocabulary of its own.
  public Translate separately() {
    return with(config.tokens(), false);
  }

  /// Reads the source from its end.
  public Translate reversed() {
    return with(
        new TranslateConfig(
            config.data(),
            config.tokens(),
            config.written(),
            config.vocabularies(),
            config.network(),
            new TranslateConfig.Order(true),
            config.search(),
            config.scoring()));
  }

  /// How the best translation is looked for.
  public Translate search(BeamSearch.Config search) {
    return with(config.with(search));
  }

  /// Gives that share of each target to all tokens, and tells that share of the right tokens.
  public Translate loss(float labelSmoothing, float teacherForcing) {
    var other = new TranslateJob.Loss(labelSmoothing, teacherForcing);
    return new Translate(config, segmenter, other, teacher, training, listener);
  }

  /// Learns from a larger translator too, which says the same tokens (distillation).
  ///
  /// @param how much its word counts, and how softly it says it; the path in it is not read
  public Translate from(Translator larger, TeacherSettings how) {
    var other = Optional.of(new Teacher(larger, how));
    return new Translate(config, segmenter, loss, other, training, listener);
  }

  /// How it learns.
  public Translate training(TrainingSettings training) {
    return new Translate(config, segmenter, loss, teacher, training, listener);
  }

  /// How it learns: `translate.training(translate.training().with("patience", 10))`.
  public TrainingSettings training() {
    return training;
  }

  public Translate epochs(int epochs) {
    return training(training.withEpochs(epochs));
  }

  public Translate seed(int seed) {
    return training(training.withSeed(seed));
  }

  /// Is told how training goes on.
  public Translate listener(TrainingListener listener) {
    return new Translate(config, segmenter, loss, teacher, training, listener);
  }

  /// Learns from nine in ten of these pairs, and stops when it gets no better on the tenth.
  ///
  /// @throws sequor.data.DataException if there are no pairs
  public Translator train(List<Example> pairs) {
    var random = new Seed(training.seed()).child("split").generator();
    return train(DataSet.split(pairs, PARTS, random));
  }

  /// Learns from the training pairs, and stops when it gets no better on those to validate; with
  /// none to validate those to learn from tell when to stop.
  ///
  /// @throws sequor.data.DataException if there are no pairs
  public Translator train(DataSet<Example> pairs) {
    var job = job(pairs);
    var nothing = new Settings(Json.object(), "training.", Places.NOWHERE);
    new Learning(training, nothing).trainer(job).listener(listener).run(training.epochs());
    job.finish();
    return job.predictor();
  }

  TranslateJob job(DataSet<Example> pairs) {
    boolean validates = !pairs.valid().toList().isEmpty();
    var held = validates ? pairs : new DataSet<>(pairs.train(), pairs.train(), pairs.test());
    var plan = new TranslateJob.Plan(loss, teacher, training, false);
    var reader =
        PairReader.learn(
            config, held.train(), texts -> Tokenizer.learn(segmenter, config.tokens(), texts));
    return new TranslateJob(reader, plan, held, new Seed(training.seed()));
  }
}
