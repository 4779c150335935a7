package sequor.tasks.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sequor.data.DataException;
import sequor.data.DataSet;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.models.ConvolutionEncoder;
import sequor.models.Encoder;
import sequor.models.EncoderConfig;
import sequor.models.InputSize;
import sequor.models.Inputs;
import sequor.models.Pooling;
import sequor.models.RecurrentEncoder;
import sequor.models.SequenceClassifier;
import sequor.models.TransformerEncoder;
import sequor.nn.Embedding;
import sequor.nn.Parts;
import sequor.settings.SettingsException;
import sequor.tasks.TaskException;
import sequor.tasks.Toy;
import sequor.tasks.TrainingSettings;
import sequor.text.Segmenter;
import sequor.text.TokenSettings;
import sequor.train.TrainingListener;

/// Classifiers made in a program, with neither files nor recipes.
class ClassifyTest {
  @TempDir Path folder;

  private static List<Example> examples() {
    return Toy.words().train().toList().stream()
        .map(row -> Example.of(row.field("word"), row.field("language")))
        .toList();
  }

  private static TrainingSettings quick() {
    return TrainingSettings.standard().with("batch_size", 8).withLearningRate(0.03f).withEpochs(6);
  }

  private static void assertKnows(Classifier classifier, List<Example> examples) {
    for (var example : examples) {
      assertThat(classifier.predict(example.text()).label()).isEqualTo(example.label());
    }
  }

  /// The lines of the package's description.
  @Test
  void tenLinesLearnSaveAndLoad() {
    var reviews = new ArrayList<Example>();
    var frames =
        List.of("a %s %s", "the %2$s is %1$s", "%s, this %s", "such a %s %s", "a %s old %s");
    var nouns = List.of("film", "plot", "cast", "score", "end", "start", "book", "play", "song");
    var good =
        List.of("fine", "lovely", "brilliant", "moving", "gentle", "bright", "wise", "funny");
    var bad = List.of("dull", "slow", "clumsy", "boring", "weak", "sloppy", "awful", "stale");
    for (String frame : frames) {
      for (String noun : nouns) {
        good.forEach(word -> reviews.add(Example.of(frame.formatted(word, noun), "good")));
        bad.forEach(word -> reviews.add(Example.of(frame.formatted(word, noun), "bad")));
      }
    }

    Classifier classifier =
        Classify.with(RecurrentEncoder.gru(64)).epochs(20).seed(7).train(reviews);

    assertKnows(classifier, reviews);
    assertThat(classifier.predict("fine, in the end").label()).isEqualTo("good");
    classifier.save(folder.resolve("reviews"));
    var texts = reviews.stream().map(Example::text).toList();
    assertThat(Classifier.load(folder.resolve("reviews")).predict(texts))
        .isEqualTo(classifier.predict(texts));
  }

  static Stream<EncoderConfig> encoders() {
    return Stream.of(
        RecurrentEncoder.gru(8),
        ConvolutionEncoder.Config.of(8, 8).withWidths(1, 2, 4),
        TransformerEncoder.Config.of(16, 2),
        TransformerEncoder.Config.of(16, 2).withLearnedPositions(3));
  }

  /// By its own idea of the whole, and by attention to its steps.
  @ParameterizedTest
  @MethodSource("encoders")
  void anyEncoderLearnsAndIsSavedAndLoaded(EncoderConfig encoder) {
    for (var pooling : new Pooling[] {Pooling.LAST, Pooling.ATTENTION}) {
      var classify =
          Classify.with(encoder)
              .head(new SequenceClassifier.Head(pooling, 0, 0.1f))
              .training(quick().withLearningRate(0.01f).withEpochs(30))
              .seed(2);
      var classifier = classify.train(examples());

      assertKnows(classifier, examples());
      var place = folder.resolve(pooling.name());
      classifier.save(place);
      var texts = List.of("abba", "ikki", "", "a", "a rather longer word than those");
      assertThat(Classifier.load(place).predict(texts)).isEqualTo(classifier.predict(texts));
      assertThat(classify.train(examples()).predict(texts)).isEqualTo(classifier.predict(texts));
    }
  }

  @Test
  void theSameSeedGivesTheSameAnswersAndAnotherOthers() {
    var classify = Classify.with(RecurrentEncoder.rnn(4)).training(quick().withEpochs(1));
    var texts = List.of("abba", "ikki", "");

    var answers = classify.seed(3).train(examples()).predict(texts);

    assertThat(classify.seed(3).train(examples()).predict(texts)).isEqualTo(answers);
    assertThat(classify.seed(4).train(examples()).predict(texts)).isNotEqualTo(answers);
  }

  @Test
  void whatIsChosenIsUsed() {
    var epochs = new ArrayList<TrainingListener.Epoch>();
    var classifier =
        Classify.with(RecurrentEncoder.lstm(6).withEmbeddingSize(3).oneWay())
            .words()
            .head(new SequenceClassifier.Head(Pooling.MAX, 5, 0))
            .loss(new LossSettings(1, 0.1f))
            .training(quick().withEpochs(2))
            .listener(
                new TrainingListener() {
                  @Override
                  public void epochEnded(Epoch epoch) {
                    epochs.add(epoch);
                  }
                })
            .train(examples());

    assertThat(epochs).hasSize(2);
    assertThat(epochs.getFirst().metrics()).containsKeys("accuracy", "loss", "train_loss");
    assertThat(classifier.tokenizer().segmenter().kind()).isEqualTo("whitespace");
    assertThat(classifier.predict("ABBA").probabilities())
        .isEqualTo(classifier.predict("abba").probabilities());
    assertThat(classifier.network().parameters().keySet())
        .contains("encoder.layers.weight_ih_l0", "head.1.weight", "head.4.weight")
        .noneMatch(name -> name.contains("reverse"));
    assertThat(classifier.config().object("model").text("pooling")).isEqualTo("max");
  }

  @Test
  void withTooFewExamplesToHoldSomeBackItLearnsAllTheSame() {
    var two = List.of(Example.of("yes", "good"), Example.of("no", "bad"));
    assertKnows(Classify.with(RecurrentEncoder.gru(8)).epochs(50).train(two), two);
  }

  @Test
  void withoutExamplesItSaysSo() {
    assertThatThrownBy(() -> Classify.with(RecurrentEncoder.gru(8)).train(List.of()))
        .isInstanceOf(DataException.class)
        .hasMessage("classify: expected examples to learn from, got none; give some");
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> quick().with("batch_sise", 3))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("batch_size");
    assertThatThrownBy(() -> quick().withEpochs(0))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("training.epochs: expected a whole number from 1");
    assertThat(quick().with("optimizer", "sgd").with("clip_norm", 0.5f).clipNorm()).isEqualTo(0.5f);
    assertThat(quick().withSeed(9)).isEqualTo(quick().with("seed", 9));
  }

  /// Cuts before every capital letter.
  private record Humps() implements Segmenter {
    private static final Pattern HUMP = Pattern.compile("\\p{Lu}?[^\\p{Lu}]+|\\p{Lu}");

    @Override
    public void segment(String text, Tokens tokens) {
      var found = HUMP.matcher(text);
      for (int word = 0; found.find(); word++) {
        tokens.add(found.group(), found.start(), found.end(), word);
      }
    }

    @Override
    public String join(List<String> tokens) {
      return String.join("", tokens);
    }

    @Override
    public String kind() {
      return "humps";
    }

    @Override
    public JsonObject settings() {
      return Json.object();
    }
  }

  @Test
  void aSegmenterOfOnesOwnNeedsNoService() {
    var names = new ArrayList<Example>();
    for (String verb : List.of("Get", "Put", "Post", "Drop")) {
      for (String noun : List.of("User", "Order", "Item", "Note", "File")) {
        names.add(Example.of("handle" + verb + noun, verb));
      }
    }

    var classifier =
        Classify.with(RecurrentEncoder.gru(16))
            .cutting(new Humps(), TokenSettings.standard())
            .training(quick().withEpochs(20))
            .train(names);

    assertKnows(classifier, names);
    assertThat(classifier.tokenizer().tokens("handlePutUser"))
        .containsExactly("handle", "Put", "User");
    classifier.save(folder);
    assertThatThrownBy(() -> Classifier.load(folder)) // that needs one
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("humps");
  }

  /// The mean of the tokens' vectors.
  private record Mean(int size) implements EncoderConfig {
    @Override
    public String kind() {
      return "mean";
    }

    @Override
    public Encoder build(InputSize input, RandomGenerator random) {
      return new MeanEncoder(new Embedding(input.vocabulary(), size, input.pad(), random), size);
    }
  }

  private record MeanEncoder(Embedding embedding, int hiddenSize) implements Encoder {
    @Override
    public Encoded encode(Inputs inputs) {
      var spans = inputs.spans(Inputs.TEXT);
      var hidden = embedding.forward(inputs.ids(Inputs.TEXT)); // (B,T,H)
      return new Encoded(hidden, spans, Encoder.lastStep(hidden, spans));
    }

    @Override
    public Parts parts() {
      return Parts.of("embedding", embedding);
    }
  }

  @Test
  void anEncoderOfOnesOwnNeedsNoService() {
    var classifier =
        Classify.with(new Mean(8))
            .head(new SequenceClassifier.Head(Pooling.MEAN, 0, 0))
            .training(quick().withLearningRate(0.1f).withEpochs(10))
            .train(examples());

    assertKnows(classifier, examples());
    assertThat(classifier.network().parameters()).containsKey("encoder.embedding.weight");
  }

  @Test
  void anEncoderWhoseSettingsAreNoRecordCannotBeSaved() {
    var config =
        new EncoderConfig() {
          @Override
          public String kind() {
            return "odd";
          }

          @Override
          public Encoder build(InputSize input, RandomGenerator random) {
            return new Mean(4).build(input, random);
          }
        };
    var classifier = Classify.with(config).epochs(1).train(examples());

    assertThat(classifier.predict("abba").label()).isIn(Toy.LANGUAGES);
    assertThatThrownBy(() -> classifier.save(folder))
        .isInstanceOf(TaskException.class)
        .hasMessageStartingWith("encoder odd: expected settings that are a record, got a ");
  }

  @Test
  void oneMaySplitForOneself() {
    var all = examples();
    var parts = DataSet.of(all, all.subList(0, 9), List.<Example>of());
    assertKnows(
        Classify.with(RecurrentEncoder.gru(8)).training(quick()).train(parts), all.subList(0, 9));
  }
}
