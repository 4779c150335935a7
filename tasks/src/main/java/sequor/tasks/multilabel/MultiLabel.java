package sequor.tasks.multilabel;

import java.util.HashSet;
import java.util.List;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.Fractions;
import sequor.json.Json;
import sequor.models.EncoderConfig;
import sequor.models.Pooling;
import sequor.models.SequenceClassifier;
import sequor.settings.Places;
import sequor.settings.Settings;
import sequor.tasks.Learning;
import sequor.tasks.TaskException;
import sequor.tasks.TextConfig;
import sequor.tasks.TextReader;
import sequor.tasks.TrainingSettings;
import sequor.text.Characters;
import sequor.text.Segmenter;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;
import sequor.text.Whitespace;

/// Trains labelers in a program, with neither files nor recipes.
///
/// ```java
/// var labeler = MultiLabel.with(RecurrentEncoder.gru(64)).epochs(20).seed(7).train(examples);
/// ```
///
/// Each method gives a new one, so that one can be the beginning of several trainings.
public record MultiLabel(
    EncoderConfig encoder,
    SequenceClassifier.Head head,
    Segmenter segmenter,
    TokenSettings tokens,
    TrainingSettings training) {
  private static final Fractions PARTS = new Fractions(0.9, 0.1, 0);

  /// Labelers with that encoder, which read characters.
  public static MultiLabel with(EncoderConfig encoder) {
    return new MultiLabel(
        encoder,
        new SequenceClassifier.Head(Pooling.LAST, 0, 0.1f),
        new Characters(),
        TokenSettings.standard(),
        TrainingSettings.standard()
            .with("batch_size", 16)
            .with("learning_rate", 0.005) // examples are few
            .with("watch", "micro_f1"));
  }

  /// Reads words, cut at white space, in small letters.
  public MultiLabel words() {
    return cutting(new Whitespace(), tokens.lowerCased());
  }

  /// Reads what that makes of a text.
  public MultiLabel cutting(Segmenter segmenter, TokenSettings tokens) {
    return new MultiLabel(encoder, head, segmenter, tokens, training);
  }

  /// What stands behind the encoder.
  public MultiLabel head(SequenceClassifier.Head head) {
    return new MultiLabel(encoder, head, segmenter, tokens, training);
  }

  /// How it learns.
  public MultiLabel training(TrainingSettings training) {
    return new MultiLabel(encoder, head, segmenter, tokens, training);
  }

  public MultiLabel epochs(int epochs) {
    return training(training.withEpochs(epochs));
  }

  public MultiLabel seed(int seed) {
    return training(training.withSeed(seed));
  }

  /// Learns from nine in ten of these examples, and stops when it gets no better on the tenth.
  ///
  /// @throws sequor.data.DataException if there are no examples
  public MultiLabeler train(List<Example> examples) {
    var random = new Seed(training.seed()).child("split").generator();
    return train(DataSet.split(examples, PARTS, random));
  }

  /// Learns from the training examples, and stops when it gets no better on those to validate; with
  /// none to validate those to learn from tell when to stop.
  ///
  /// @throws sequor.data.DataException if there are no examples
  public MultiLabeler train(DataSet<Example> examples) {
    boolean pairs = pairs(examples);
    var texts = TextReader.learned(examples.train().map(Example::text).iterable(), pairs);
    var tokenizer = Tokenizer.learn(segmenter, tokens, texts);
    var config =
        new MultiLabelConfig(
            TextConfig.of(tokens, encoder, head, pairs, MultiLabelConfig.Columns.class),
            new MultiLabelConfig.More(1, MultiLabelConfig.Threshold.HALF));
    var held = examples.valid().toList().isEmpty() ? examples.train() : examples.valid();
    var judged = new DataSet<>(examples.train(), held, examples.test());
    var seed = new Seed(training.seed());
    var job = new MultiLabelJob(config, training, false, tokenizer, judged, seed);
    var nothing = new Settings(Json.object(), "training.", Places.NOWHERE);
    new Learning(training, nothing).trainer(job).run(training.epochs());
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
          "multilabel: expected examples of one text or of two, got some of each; make them alike");
    }
    return kinds.contains(true);
  }
}
