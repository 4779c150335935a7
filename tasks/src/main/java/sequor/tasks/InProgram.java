package sequor.tasks;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.Fractions;
import sequor.json.Json;
import sequor.models.EncoderConfig;
import sequor.models.SequenceClassifier;
import sequor.settings.Places;
import sequor.settings.Settings;
import sequor.text.Characters;
import sequor.text.Segmenter;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;
import sequor.text.Whitespace;
import sequor.train.TrainingListener;

/// Trains models of texts in a program, with neither files nor recipes: what tasks of this kind
/// share.
///
/// Each method gives a new one, so that one can be the beginning of several trainings.
///
/// @param <T> the task's own
public abstract class InProgram<T extends InProgram<T>> {
  /// Of the examples, where nobody says which ones are held back.
  protected static final Fractions PARTS = new Fractions(0.9, 0.1, 0);

  /// What reads texts and how it learns.
  ///
  /// @param head what stands behind the encoder
  /// @param vectors what the tokens' vectors begin as
  /// @param listener is told how training goes on
  public record Plan(
      EncoderConfig encoder,
      SequenceClassifier.Head head,
      Segmenter segmenter,
      TokenSettings tokens,
      VectorSettings vectors,
      TrainingSettings training,
      TrainingListener listener) {
    public Plan {
      if (encoder instanceof Record settings) {
        Settings.require(settings);
      }
      requireNonNull(encoder, "encoder");
    }

    /// One that reads characters, and learns as suits few examples.
    public static Plan of(EncoderConfig encoder, SequenceClassifier.Head head) {
      return new Plan(
          encoder,
          head,
          new Characters(),
          TokenSettings.standard(),
          VectorSettings.none(),
          TrainingSettings.standard().with("batch_size", 16).with("learning_rate", 0.005),
          new TrainingListener() {});
    }

    /// The same that watches another metric.
    public Plan watching(String metric) {
      return with(training.with("watch", metric));
    }

    private Plan with(TrainingSettings other) {
      return new Plan(encoder, head, segmenter, tokens, vectors, other, listener);
    }

    private Plan with(Segmenter other, TokenSettings read) {
      return new Plan(encoder, head, other, read, vectors, training, listener);
    }

    private Plan with(SequenceClassifier.Head other) {
      return new Plan(encoder, other, segmenter, tokens, vectors, training, listener);
    }

    private Plan with(VectorSettings other) {
      return new Plan(encoder, head, segmenter, tokens, other, training, listener);
    }

    private Plan with(TrainingListener other) {
      return new Plan(encoder, head, segmenter, tokens, vectors, training, other);
    }
  }

  private final Plan plan;

  protected InProgram(Plan plan) {
    this.plan = plan;
  }

  /// The same with another plan.
  protected abstract T with(Plan plan);

  /// Reads words, cut at white space, in small letters.
  public final T words() {
    return cutting(new Whitespace(), plan.tokens.lowerCased());
  }

  /// Reads what that makes of a text.
  public final T cutting(Segmenter segmenter, TokenSettings tokens) {
    return with(plan.with(segmenter, tokens));
  }

  /// What stands behind the encoder.
  public final T head(SequenceClassifier.Head head) {
    return with(plan.with(head));
  }

  /// What the tokens' vectors begin as:
  /// `vectors(VectorSettings.of(Path.of("glove.txt")).frozen())`.
  public final T vectors(VectorSettings vectors) {
    return with(plan.with(vectors));
  }

  /// How it learns.
  public final T training(TrainingSettings training) {
    return with(plan.with(training));
  }

  public final T epochs(int epochs) {
    return training(plan.training.withEpochs(epochs));
  }

  public final T seed(int seed) {
    return training(plan.training.withSeed(seed));
  }

  /// Is told how training goes on.
  public final T listener(TrainingListener listener) {
    return with(plan.with(listener));
  }

  protected final Plan plan() {
    return plan;
  }

  /// How it learns: `classify.training(classify.training().with("patience", 10))`.
  public final TrainingSettings training() {
    return plan.training;
  }

  protected final Seed seed() {
    return new Seed(plan.training.seed());
  }

  /// What reads the texts of these examples, and knows those of the training examples.
  ///
  /// @param pairs whether each of them has two
  /// @param predicted the columns of what is to be predicted, a record of keys with defaults
  /// @throws sequor.vectors.VectorsException if the file of vectors does not hold any
  protected final <E> TextConfig.Begun begun(
      DataSet<E> examples,
      Function<E, String> text,
      boolean pairs,
      Class<? extends Record> predicted) {
    var texts = TextReader.learned(examples.train().map(text).iterable(), pairs);
    var tokenizer =
        PublishedBert.of(plan.encoder)
            .map(PublishedBert::tokenizer)
            .orElseGet(() -> Tokenizer.learn(plan.segmenter, plan.tokens, texts));
    var config =
        TextConfig.of(plan.tokens, plan.encoder, plan.head, plan.vectors, pairs, predicted);
    var nothing = new Settings(Json.object(), "model.", Places.NOWHERE);
    return config.begun(nothing, tokenizer, seed()).fitting();
  }

  /// Learns to the end.
  protected final void run(Job job) {
    var nothing = new Settings(Json.object(), "training.", Places.NOWHERE);
    new Learning(plan.training, nothing)
        .trainer(job)
        .listener(plan.listener)
        .run(plan.training.epochs());
    job.finish();
  }

  /// With too few examples to hold some back, those to learn from tell when to stop.
  protected static <E> DataSet<E> validated(DataSet<E> examples) {
    return examples.valid().toList().isEmpty()
        ? new DataSet<>(examples.train(), examples.train(), examples.test())
        : examples;
  }

  /// Whether all of these examples have two texts.
  ///
  /// @param task for the error
  /// @throws TaskException if only some have
  protected static <E> boolean pairs(String task, DataSet<E> examples, Predicate<E> isPair) {
    var kinds = new HashSet<Boolean>();
    for (var part : List.of(examples.train(), examples.valid(), examples.test())) {
      part.forEach(example -> kinds.add(isPair.test(example)));
    }
    if (kinds.size() > 1) {
      throw new TaskException(
          "%s: expected examples of one text or of two, got some of each; make them alike"
              .formatted(task));
    }
    return kinds.contains(true);
  }
}
