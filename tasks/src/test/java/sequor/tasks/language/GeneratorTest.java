package sequor.tasks.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.SequorException;
import sequor.data.DataSet;
import sequor.data.Source;
import sequor.models.Ensemble;
import sequor.store.ModelDirectory;
import sequor.tasks.Generates.Generated;
import sequor.tasks.Generates.Request;
import sequor.tasks.Job;
import sequor.tasks.TaskException;
import sequor.tasks.Toy;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.text.TextException;

class GeneratorTest {
  /// A text and its label.
  private record Told(String text, String label) {}

  @TempDir static Path folder;

  private static Job freeJob;
  private static Job toldJob;
  private static Job jointJob;
  private static Generator free;
  private static Generator told;
  private static Generator joint;

  @BeforeAll
  static void train() {
    freeJob = Toy.train("model-language").job();
    toldJob = Toy.train("model-language", "data.label=language").job();
    jointJob =
        Toy.train(
                "model-language",
                "data.label=language",
                "model.ngram_share=0.4",
                "model.members=2",
                "training.epochs=1")
            .job();
    free = loaded(freeJob, "free");
    told = loaded(toldJob, "told");
    joint = loaded(jointJob, "joint");
  }

  private static Generator loaded(Job job, String name) {
    job.predictor().save(new ModelDirectory(folder.resolve(name)));
    return Generator.load(folder.resolve(name));
  }

  private static List<String> texts(Generator generator, Request request, int count, long seed) {
    return generator.generate(request, count, seed).map(Generated::text).toList();
  }

  private static Request request(String prompt, String label, double temperature) {
    return new Request(prompt, label, temperature, 0, 1, 40);
  }

  @Test
  void theReportHasTheFloorBesideTheModel() {
    var test = freeJob.test().metrics();
    var floor = freeJob.floor();

    assertThat(test).containsOnlyKeys("nats_per_token", "nats_per_char", "perplexity", "accuracy");
    assertThat(floor.metrics()).containsOnlyKeys("nats_per_token", "nats_per_char", "perplexity");
    assertThat(floor.method()).contains("Kneser-Ney");
    double nats = test.getOrDefault("nats_per_token", Double.NaN);
    assertThat(test).containsEntry("perplexity", Math.exp(nats));
    assertThat(nats).isLessThan(Math.log(10)); // better than guessing
  }

  @Test
  void aLoadedModelScoresAsItsJobDid() {
    var rows = Toy.words().test();
    assertThat(free.evaluate(rows).metrics()).isEqualTo(freeJob.test().metrics());
    assertThat(told.evaluate(rows).metrics()).isEqualTo(toldJob.test().metrics());
    assertThat(joint.evaluate(rows).metrics()).isEqualTo(jointJob.test().metrics());
    assertThat(told.evaluate(rows).predictions().columns())
        .containsExactly("word", "language", "nats", "nats_per_token");
  }

  /// One text at a time, one step at a time, as the definition says.
  @Test
  void natsPerTokenAreTheMeanOfEveryStep() {
    for (var generator : List.of(free, told, joint)) {
      var all = List.of(new Told("abba", "abba"), new Told("", "umu"), new Told("kx", "ikki"));
      double nats = all.stream().mapToDouble(one -> byHand(generator, one)).sum();
      double tokens = all.stream().mapToInt(one -> one.text.length() + 1).sum();
      var rows = Source.of(all.stream().map(one -> Toy.row(one.text, one.label)).toList());

      var metrics = generator.evaluate(rows).metrics();

      assertThat(metrics.get("nats_per_token")).isCloseTo(nats / tokens, within(1e-5));
      double ends = all.stream().mapToDouble(one -> ofEnd(generator, one)).sum();
      assertThat(metrics.get("nats_per_char")).isCloseTo((nats - ends) / 6, within(1e-5));
    }
  }

  /// −ln of the probability of a text given its label.
  private static double byHand(Generator generator, Told one) {
    int[] said = generator.texts().said(one.text); // … <eos>
    double nats = 0;
    for (int t = 0; t < said.length; t++) {
      nats += surprise(generator, one, said, t);
    }
    return nats;
  }

  private static double ofEnd(Generator generator, Told one) {
    int[] said = generator.texts().said(one.text);
    return surprise(generator, one, said, said.length - 1);
  }

  private static double surprise(Generator generator, Told one, int[] said, int t) {
    int[] before = Arrays.copyOf(said, t);
    int[] read = generator.texts().begun(before);
    int id = generator.labels().isEmpty() ? 0 : generator.labels().indexOf(one.label);
    var label = Ids.of(new int[] {id});
    var each =
        generator.members().all().stream()
            .map(
                member -> {
                  var hidden = member.hidden(Ids.of(read, 1, t + 1), label, Spans.full(1, t + 1));
                  return member.head().forward(hidden.select(1, t)).softmax(); // (1,V)
                })
            .toList();
    float[] all = Ensemble.mean(each).log().toArray();
    return generator == joint ? -logOfMean(all, ngrams(before), said[t]) : -(double) all[said[t]];
  }

  /// The logarithm of the weighted geometric mean of both, made to sum to 1, at one token.
  private static double logOfMean(float[] network, double[] ngrams, int token) {
    double[] weights = new double[ngrams.length];
    for (int v = 0; v < weights.length; v++) {
      weights[v] = Math.exp(0.6 * network[v] + 0.4 * Math.log(ngrams[v]));
    }
    return Math.log(weights[token] / Arrays.stream(weights).sum());
  }

  /// What the n-grams say after some tokens.
  private static double[] ngrams(int[] before) {
    var vocabulary = joint.tokenizer().vocabulary();
    double[] mixed = new double[vocabulary.size()];
    Arrays.fill(mixed, 1.0 / mixed.length); // beside an even network the mean is a power of them
    NGramShare.read(new ModelDirectory(folder.resolve("joint")), vocabulary)
        .mixInto(mixed, before, new double[mixed.length]);
    double[] powers = Arrays.stream(mixed).map(p -> Math.pow(p, 1 / 0.4)).toArray();
    double sum = Arrays.stream(powers).sum();
    return Arrays.stream(powers).map(p -> p / sum).toArray();
  }

  /// Without its label, a text is as likely as with any of them together.
  @Test
  void aTextWithoutALabelIsAsLikelyAsWithAnyOfThem() {
    for (String text : List.of("abba", "", "kx")) {
      double together =
          Toy.LANGUAGES.stream()
              .mapToDouble(label -> Math.exp(-byHand(told, new Told(text, label))) / 3)
              .sum();

      var likelihood = told.predict(text);

      assertThat(likelihood.nats()).isCloseTo(-Math.log(together), within(1e-4));
      assertThat(likelihood.tokens()).isEqualTo(text.length() + 1);
      assertThat(likelihood.natsPerToken()).isEqualTo(likelihood.nats() / likelihood.tokens());
    }
    assertThat(free.predict("abba").nats())
        .isCloseTo(byHand(free, new Told("abba", "")), within(1e-5));
    assertThat(free.predict(List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"elvish", ""})
  void rowsWithALabelThatItDoesNotKnowAreLeftOut(String label) {
    var known = List.of(Toy.row("abba", "abba"), Toy.row("kik", "ikki"));
    var more = List.of(known.get(0), Toy.row("xyz", label), known.get(1));

    assertThat(told.evaluate(Source.of(more))).isEqualTo(told.evaluate(Source.of(known)));
    if (!label.isEmpty()) {
      var job =
          Toy.prepare(
              DataSet.of(Toy.words().train().toList(), more, more),
              "model-language",
              "data.label=language");
      assertThat(job.notices())
          .containsExactly(
              "2 texts to validate and test have a label that no training text has, and are left"
                  + " out");
      assertThat(job.sizes()).isEqualTo(new Job.Sizes(90, 2, 2));
    }
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
            "labels: expected a label (abba, ikki, umu), got \"abbba\"; did you mean \"abba\"?");
    assertThatThrownBy(() -> texts(free, request("", "abba", 1), 1, 1))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("was trained without, got 'abba'; leave it out");
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
    var vocabulary = free.tokenizer().vocabulary();

    assertThat(texts(free, request("", "", 3), 50, 1))
        .noneMatch(text -> text.contains(vocabulary.token(vocabulary.unk())));
  }
}
