package sequor.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.SequorException;
import sequor.recipes.Generator.Generated;
import sequor.recipes.Generator.Request;
import sequor.store.ModelDirectory;
import sequor.store.RunDirectory;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.text.Example;
import sequor.text.TextException;
import sequor.text.Vocabulary;

class GeneratorTest {
  @TempDir static Path folder;

  private static Generator free;
  private static Generator told;
  private static Generator joint;
  private static Report report;

  @BeforeAll
  static void train() throws IOException {
    var words = Toy.words(folder);
    report = Toy.train(Toy.generator(words, "label: ''"), folder.resolve("free"));
    Toy.train(Toy.generator(words, "label: language"), folder.resolve("told"));
    var settings = new String[] {"model.ngram_share=0.4", "model.members=2", "training.epochs=1"};
    Toy.train(Toy.generator(words, "label: language", settings), folder.resolve("joint"));
    free = load("free");
    told = load("told");
    joint = load("joint");
  }

  private static Generator load(String run) throws IOException {
    return (Generator) Trained.load(folder.resolve(run));
  }

  private static List<String> texts(Generator generator, Request request, int count, long seed) {
    return generator.generate(request, count, seed).map(Generated::text).toList();
  }

  private static Request request(String prompt, String label, double temperature) {
    return new Request(prompt, label, temperature, 0, 1, 40);
  }

  @Test
  void theReportHasTheFloorBesideTheModel() {
    assertThat(report.test()).containsOnlyKeys("nats_per_char", "perplexity", "accuracy");
    assertThat(report.floor().metrics()).containsOnlyKeys("nats_per_char", "perplexity");
    assertThat(report.floor().method()).contains("Kneser-Ney");
    double nats = report.test().getOrDefault("nats_per_char", Double.NaN);
    assertThat(report.test()).containsEntry("perplexity", Math.exp(nats));
  }

  @ParameterizedTest
  @ValueSource(strings = {"free", "told", "joint"})
  void aLoadedModelScoresAsTheReportSays(String run) throws IOException {
    var report = new RunDirectory(folder.resolve(run)).model().report().read();

    var scores = Training.evaluate(folder.resolve(run), Optional.empty(), Toy.nowhere());

    assertThat(scores.get("nats_per_char"))
        .isEqualTo(report.object("test").number("nats_per_char"));
  }

  /// One text at a time, one step at a time, as the definition says.
  @Test
  void natsPerCharAreTheMeanOfEveryStep() {
    var examples =
        List.of(new Example("abba", "abba"), new Example("", "umu"), new Example("kx", "ikki"));

    assertThat(LanguageModelling.score(free, examples).metrics().get("nats_per_char"))
        .isCloseTo(byHand(free, examples), within(1e-5));
    assertThat(LanguageModelling.score(told, examples).metrics().get("nats_per_char"))
        .isCloseTo(byHand(told, examples), within(1e-5));
    assertThat(LanguageModelling.score(joint, examples).metrics().get("nats_per_char"))
        .isCloseTo(byHand(joint, examples), within(1e-5));
  }

  private static double byHand(Generator generator, List<Example> examples) {
    double nats = 0;
    int steps = 0;
    for (var example : examples) {
      int[] marked = Tokens.marked(generator.encode(example.text())); // <bos> … <eos>
      var label = Ids.of(new int[] {generator.label(example.label())});
      for (int t = 1; t < marked.length; t++) {
        int[] read = Arrays.copyOf(marked, t);
        float[] all =
            generator
                .logProbabilities(Ids.of(read, 1, t), label, Spans.full(1, t))
                .select(1, t - 1)
                .toArray(); // (1,V)
        nats -=
            generator == joint ? logOfMean(all, ngrams(read), marked[t]) : (double) all[marked[t]];
        steps++;
      }
    }
    return nats / steps;
  }

  /// The logarithm of the weighted geometric mean of both, made to sum to 1, at one token.
  private static double logOfMean(float[] network, double[] ngrams, int token) {
    double[] weights = new double[ngrams.length];
    for (int v = 0; v < weights.length; v++) {
      weights[v] = Math.exp(0.6 * network[v] + 0.4 * Math.log(ngrams[v]));
    }
    return Math.log(weights[token] / Arrays.stream(weights).sum());
  }

  /// What the n-grams say after `<bos> …`.
  private static double[] ngrams(int[] read) {
    int size = joint.codec().vocabulary().size();
    var directory = new ModelDirectory(folder.resolve("joint/model"));
    double[] mixed = new double[size];
    Arrays.fill(mixed, 1.0 / size); // beside an even network the mean is a power of the n-grams
    NGramShare.read(Generator.ngrams(directory), size)
        .mixInto(mixed, Arrays.copyOfRange(read, 1, read.length));
    double[] powers = Arrays.stream(mixed).map(p -> Math.pow(p, 1 / 0.4)).toArray();
    double sum = Arrays.stream(powers).sum();
    return Arrays.stream(powers).map(p -> p / sum).toArray();
  }

  @Test
  void theSameSeedMakesTheSameTextsAndMoreBeginWithTheSame() {
    var five = texts(free, request("", "", 1), 5, 1);

    assertThat(five).isEqualTo(texts(free, request("", "", 1), 5, 1));
    assertThat(texts(free, request("", "", 1), 9, 1)).startsWith(five.toArray(new String[0]));
    assertThat(texts(free, request("", "", 1), 5, 2)).isNotEqualTo(five);
  }

  @Test
  void withoutTemperatureOrChoiceTheLikeliestIsTaken() {
    var likeliest = texts(free, request("i", "", 0), 3, 1);

    assertThat(new HashSet<>(likeliest)).hasSize(1);
    assertThat(texts(free, new Request("i", "", 1, 1, 1, 40), 3, 8)).isEqualTo(likeliest);
    assertThat(texts(free, new Request("i", "", 1, 0, 1e-6, 40), 3, 9)).isEqualTo(likeliest);
  }

  @Test
  void aHighTemperatureIsWilder() {
    var cold = new HashSet<>(texts(free, request("", "", 0.05), 40, 1));
    var hot = new HashSet<>(texts(free, request("", "", 2), 40, 1));

    assertThat(hot.size()).isGreaterThan(2 * cold.size());
  }

  @Test
  void textsBeginWithThePromptAndAreCut() {
    assertThat(texts(free, request("umu", "", 1), 5, 1)).allMatch(text -> text.startsWith("umu"));
    assertThat(texts(free, new Request("", "", 2, 0, 1, 3), 20, 1))
        .allMatch(text -> text.length() <= 3);
    assertThat(texts(free, new Request("abbaabba", "", 1, 0, 1, 3), 1, 1))
        .containsExactly("abbaabba");
  }

  @Test
  void aPromptOfUnknownLettersIsKept() {
    assertThat(texts(free, request("한", "", 1), 3, 1)).allMatch(text -> text.matches("한[abikmu]*"));
  }

  @Test
  void aLabelDecidesOnTheLetters() {
    for (var language : Toy.LANGUAGES) {
      var made = told.generate(request("", language, 0.3), 10, 1).toList();

      assertThat(made).allMatch(one -> one.label().equals(language));
      assertThat(made).anyMatch(one -> one.text().matches("[" + language + "]+"));
    }
  }

  @Test
  void withoutALabelOneIsDrawn() {
    var labels = told.generate(request("", "", 1), 30, 1).map(Generated::label).toList();

    assertThat(new HashSet<>(labels)).containsExactlyInAnyOrderElementsOf(Toy.LANGUAGES);
    assertThat(free.generate(request("", "", 1), 1, 1).map(Generated::label)).containsExactly("");
  }

  @Test
  void anUnknownLabelIsNamedWithItsNearest() {
    assertThatThrownBy(() -> texts(told, request("", "abbba", 1), 1, 1))
        .isInstanceOf(TextException.class)
        .hasMessage(
            "labels: no label \"abbba\" — there are abba, ikki, umu; did you mean \"abba\"?");
    assertThatThrownBy(() -> texts(free, request("", "abba", 1), 1, 1))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("was trained without labels, got 'abba'; leave the label out");
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> texts(free, request("", "", -1), 1, 1))
        .isInstanceOf(SequorException.class)
        .hasMessageContaining("temperature");
    assertThatThrownBy(() -> texts(free, new Request("", "", 1, 0, 0, 40), 1, 1))
        .isInstanceOf(SequorException.class)
        .hasMessageContaining("top");
  }

  @Test
  void marksAreNeverSaid() {
    var vocabulary = free.codec().vocabulary();

    assertThat(texts(free, request("", "", 3), 50, 1))
        .noneMatch(text -> text.contains(vocabulary.token(Vocabulary.UNK)));
  }
}
