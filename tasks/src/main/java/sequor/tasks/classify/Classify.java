package sequor.tasks.classify;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.Fractions;
import sequor.json.Json;
import sequor.models.EncoderConfig;
import sequor.models.SequenceClassifier;
import sequor.settings.Places;
import sequor.settings.Settings;
import sequor.tasks.Learning;
import sequor.tasks.TaskException;
import sequor.tasks.TextConfig;
import sequor.tasks.TextReader;
import sequor.tasks.TrainingSettings;
import sequor.tasks.VectorSettings;
import sequor.text.Characters;
import sequor.text.Segmenter;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;
import sequor.text.Whitespace;
import sequor.train.TrainingListener;

/// Trains classifiers in a program, with neither files nor recipes.
///
/// ```java
/// var classifier = Classify.with(RecurrentEncoder.gru(128)).epochs(10).seed(7).train(reviews);
/// ```
///
/// Each method gives a new one, so that one can be the beginning of several trainings.
public final class Classify {
  private static final Fractions PARTS = new Fractions(0.9, 0.1, 0);

  private final EncoderConfig encoder;
  private final SequenceClassifier.Head head;
  private final Segmenter segmenter;
  private final TokenSettings tokens;
  private final LossSettings loss;
  private final TrainingSettings training;
  private final TrainingListener listener;
  private final ClassifierConfig.More more;

  private Classify(
      EncoderConfig encoder,
      SequenceClassifier.Head head,
      Segmenter segmenter,
      TokenSettings tokens,
      LossSettings loss,
      TrainingSettings training,
      TrainingListener listener,
      ClassifierConfig.More more) {
    this.encoder = encoder;
    this.head = head;
    this.segmenter = segmenter;
    this.tokens = tokens;
    this.loss = loss;
    this.training = training;
    this.listener = listener;
    this.more = more;
  }

  /// Classifiers with that encoder, which read characters.
  public static Classify with(EncoderConfig encoder) {
    return new Classify(
        encoder,
        SequenceClassifier.Head.standard(),
        new Characters(),
        TokenSettings.standard(),
        LossSettings.standard(),
        TrainingSettings.standard()
            .with("batch_size", 16)
            .with("learning_rate", 0.005), // examples are few
        new TrainingListener() {},
        ClassifierConfig.More.standard());
  }

  /// Reads words, cut at white space, in small letters.
  public Classify words() {
    return cutting(new Whitespace(), tokens.lowerCased());
  }

  /// Reads what that makes of a text.
  public Classify cutting(Segmenter segmenter, TokenSettings tokens) {
    return new Classify(encoder, head, segmenter, tokens, loss, training, listener, more);
  }

  /// What stands behind the encoder.
  public Classify head(SequenceClassifier.Head head) {
    return new Classify(encoder, head, segmenter, tokens, loss, training, listener, more);
  }

  /// What counts how much.
  public Classify loss(LossSettings loss) {
    return new Classify(encoder, head, segmenter, tokens, loss, training, listener, more);
  }

  /// How it learns.
  public Classify training(TrainingSettings training) {
    return new Classify(encoder, head, segmenter, tokens, loss, training, listener, more);
  }

  public Classify epochs(int epochs) {
    return training(training.withEpochs(epochs));
  }

  public Classify seed(int seed) {
    return training(training.withSeed(seed));
  }

  /// Is told how training goes on.
  public Classify listener(TrainingListener listener) {
    return new Classify(encoder, head, segmenter, tokens, loss, training, listener, more);
  }

  /// Makes probabilities as sure as they are right on the examples that are held back.
  public Classify calibrated() {
    var calibrated = more.calibrated();
    return new Classify(encoder, head, segmenter, tokens, loss, training, listener, calibrated);
  }

  /// Learns from nine in ten of these examples, and stops when it gets no better on the tenth.
  ///
  /// @throws sequor.data.DataException if there are no examples
  public Classifier train(List<Example> examples) {
    var random = new Seed(training.seed()).child("split").generator();
    return train(DataSet.stratified(examples, PARTS, Example::label, random));
  }

  /// Learns from the training examples, and stops when it gets no better on those to validate.
  ///
  /// @throws sequor.data.DataException if there are no examples
  public Classifier train(DataSet<Example> examples) {
    var labels = ClassifyTask.labels(examples.train());
    boolean pairs = pairs(examples);
    var texts = TextReader.learned(examples.train().map(Example::text).iterable(), pairs);
    var tokenizer = Tokenizer.learn(segmenter, tokens, texts);
    var nothing = new Settings(Json.object(), "training.", Places.NOWHERE);
    var plan = new ClassifyJob.Plan(loss, training, new NaiveBayesFloor(), nothing, false);
    var config =
        new ClassifierConfig(
            TextConfig.of(tokens, encoder, head, pairs, ClassifierConfig.Columns.class),
            VectorSettings.none(),
            more);
    var judged = validated(examples);
    var seed = new Seed(training.seed());
    var job = new ClassifyJob(config, plan, tokenizer, labels, Optional.empty(), judged, seed);
    new Learning(training, nothing).trainer(job).listener(listener).run(training.epochs());
    job.finish();
    return job.predictor();
  }

  private static boolean pairs(DataSet<Example> examples) {
    var kinds = new HashSet<Boolean>();
    for (var part : List.of(examples.train(), examples.valid(), examples.test())) {
      part.forEach(example -> kinds.add(example.isPair()));
    }
    if (kinds.size() > 1) {
      throw new TaskException(
          "classify: expected examples of one text or of two, got some of each; make them alike");
    }
    return kinds.contains(true);
  }

  /// With too few examples to hold some back, those to learn from tell when to stop.
  private static DataSet<Example> validated(DataSet<Example> examples) {
    return Optional.of(examples)
        .filter(some -> !some.valid().toList().isEmpty())
        .orElseGet(() -> new DataSet<>(examples.train(), examples.train(), examples.test()));
  }
}
