package sequor.tasks.embed;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.Source;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.settings.Places;
import sequor.settings.Settings;
import sequor.text.Tokenizer;
import sequor.train.TrainingListener;

/// Trains word vectors in a program, with neither files nor recipes.
///
/// ```java
/// var embedder = Embed.skipGram(100).with("window", 3).epochs(10).seed(7).train(texts);
/// ```
///
/// Each method gives a new one, so that one can be the beginning of several trainings. All keys of
/// the sections `model`, `tokens` and `training` can be set, with the values that recipes have.
public final class Embed {
  private final JsonObject model;
  private final JsonObject tokens;
  private final JsonObject phrases;
  private final JsonObject training;
  private final TrainingListener listener;

  private Embed(
      JsonObject model,
      JsonObject tokens,
      JsonObject phrases,
      JsonObject training,
      TrainingListener listener) {
    this.model = model;
    this.tokens = tokens;
    this.phrases = phrases;
    this.training = training;
    this.listener = listener;
  }

  /// Vectors of D numbers that tell the words around a word.
  public static Embed skipGram(int dimension) {
    return of("skip_gram", dimension);
  }

  /// Vectors of D numbers that together tell the word between them.
  public static Embed cbow(int dimension) {
    return of("cbow", dimension);
  }

  /// Vectors of D numbers whose products tell how often words stand together.
  public static Embed glove(int dimension) {
    return of("glove", dimension).learningRate(0.05);
  }

  private static Embed of(String method, int dimension) {
    var model = Json.object().with("method", method).with("dimension", dimension);
    return new Embed(model, Json.object(), Json.object(), Json.object(), new TrainingListener() {});
  }

  /// With n-grams of so many letters, so that words that were never seen have vectors too.
  public Embed subwords(int shortest, int longest, int buckets) {
    return with("shortest", shortest).with("longest", longest).with("buckets", buckets);
  }

  /// One key of the section `model`: `with("negatives", 10)`.
  public Embed with(String key, Object value) {
    return new Embed(model.with(key, value), tokens, phrases, training, listener);
  }

  /// One key of the section `tokens`: `tokens("min_frequency", 1)`.
  public Embed tokens(String key, Object value) {
    return new Embed(model, tokens.with(key, value), phrases, training, listener);
  }

  /// With a vector for each text too, and for any other that is asked for ([Embedder#documents]).
  public Embed documents() {
    return with("documents", true);
  }

  /// Words that belong together become one, such as `new_york`.
  ///
  /// @param passes how often the text is gone through for them; each joins what the last one joined
  /// @param threshold how much oftener than by chance they stand together; half of it in each pass
  ///   that follows
  public Embed phrases(int passes, double threshold) {
    var some = phrases.with("passes", passes).with("threshold", threshold);
    return new Embed(model, tokens, some, training, listener);
  }

  public Embed epochs(int epochs) {
    return training("epochs", epochs);
  }

  public Embed learningRate(double rate) {
    return training("learning_rate", rate);
  }

  public Embed seed(int seed) {
    return training("seed", seed);
  }

  private Embed training(String key, Object value) {
    return new Embed(model, tokens, phrases, training.with(key, value), listener);
  }

  /// Is told how training goes on.
  public Embed listener(TrainingListener listener) {
    return new Embed(model, tokens, phrases, training, listener);
  }

  /// Learns from these texts.
  ///
  /// @throws sequor.data.DataException if there are too few words
  /// @throws sequor.settings.SettingsException if something was set that there is not
  public Embedder train(List<String> texts) {
    return train(Source.of(texts));
  }

  /// Learns from texts that are gone through twice, and need not be in memory.
  ///
  /// @throws sequor.data.DataException if there are too few words
  /// @throws sequor.settings.SettingsException if something was set that there is not
  public Embedder train(Source<String> texts) {
    var settings = settings();
    var nothing = Source.<String>of(List.of());
    var ofTraining = settings.section("training").as(EmbedTraining.class);
    var tokenizer = Tokenizer.learn(settings.section("tokens"), texts.iterable());
    var job =
        new EmbedJob(
            EmbedConfig.of(settings),
            tokenizer,
            new DataSet<>(texts, nothing, nothing),
            Embed::numbers,
            new Seed(ofTraining.seed()));
    job.learner(settings).listener(listener).run(ofTraining.epochs());
    return job.predictor();
  }

  /// From 1, without an end.
  private static Iterator<String> numbers() {
    return IntStream.iterate(1, number -> number + 1).mapToObj(String::valueOf).iterator();
  }

  private Settings settings() {
    var written =
        Json.object()
            .with("model", model)
            .with("tokens", tokens)
            .with("phrases", phrases)
            .with("training", training);
    return new EmbedTask().schema().complete(written, Places.NOWHERE);
  }
}
