package sequor.tasks.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.SequorException;
import sequor.data.DataSet;
import sequor.data.Source;
import sequor.models.CellKind;
import sequor.models.Ensemble;
import sequor.store.ModelDirectory;
import sequor.tasks.Generates.Candidate;
import sequor.tasks.Generates.Draw;
import sequor.tasks.Generates.Generated;
import sequor.tasks.Generates.Request;
import sequor.tasks.Job;
import sequor.tasks.ReportSection;
import sequor.tasks.TaskException;
import sequor.tasks.Toy;
import sequor.tasks.Training;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;
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

  @Test
  void theReportTellsWhatNGramsBring() {
    var one = new Told("abba", "abba");
    var rows = Source.of(List.of(Toy.row(one.text, one.label)));
    var said = joint.texts().said(one.text);
    double nats = 0;
    for (int t = 0; t < said.length; t++) {
      nats -= network(joint, one, said, t)[said[t]];
    }

    var evaluation = joint.evaluate(rows);
    var table = (ReportSection.Table) evaluation.sections().getFirst();

    assertThat(table.title()).isEqualTo("what n-grams bring");
    assertThat(table.rows().getFirst()).startsWith("network alone");
    assertThat((double) table.rows().getFirst().get(1)).isCloseTo(nats / 5, within(1e-5));
    assertThat(table.rows().getLast())
        .startsWith("with n-grams", evaluation.metrics().get("nats_per_token"));
    assertThat(free.evaluate(rows).sections()).isEmpty();
  }

  private static double surprise(Generator generator, Told one, int[] said, int t) {
    float[] all = network(generator, one, said, t);
    return generator == joint
        ? -logOfMean(all, ngrams(Arrays.copyOf(said, t)), said[t])
        : -(double) all[said[t]];
  }

  /// The logarithm of the probability of each token, by the networks alone.
  private static float[] network(Generator generator, Told one, int[] said, int t) {
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
    return Ensemble.mean(each).log().toArray();
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
      assertThat(job.sizes()).isEqualTo(new Training.Sizes(90, 2, 2));
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

  /// One more token costs one step, whatever reads: nothing that was read is read again.
  @ParameterizedTest
  @EnumSource
  void aTokenMoreIsAStepMore(CellKind cell) {
    var name = cell.name().toLowerCase(Locale.ROOT);
    var job = Toy.prepare(Toy.words(), "model-language", "model.members=2", "model.cell=" + name);
    var generator = (Generator) job.predictor();
    for (int most : new int[] {4, 5, 12, 60}) {
      generator
          .generate(new Request("umu", "", 1, 0, 1, most).withTrace(1), 5, 1)
          .forEach(made -> assertThat(made.steps()).isEqualTo(3 + made.trace().size()));
    }
  }

  /// By the states of all steps so far at once, as the definition says.
  @ParameterizedTest
  @EnumSource
  void stepsSayWhatTheWholeTextSays(CellKind cell) {
    var name = cell.name().toLowerCase(Locale.ROOT);
    var job = Toy.prepare(Toy.words(), "model-language", "model.cell=" + name);
    var generator = (Generator) job.predictor();
    int[] ids = generator.texts().begun(generator.tokenizer().encode("abbaumu").ids());
    var member = generator.members().all().getFirst();
    var whole =
        member.hidden(Ids.of(ids, 1, ids.length), Ids.of(new int[1]), Spans.full(1, ids.length));
    var stepping = Stepping.begin(generator.members(), 0);
    for (int t = 0; t < ids.length; t++) {
      float[] wanted = member.head().forward(whole.select(1, t)).toArray(); // (1,V)
      assertThat(stepping.read(ids[t]).getFirst().toArray()).containsExactly(wanted, within(1e-5f));
    }
    assertThat(stepping.steps()).isEqualTo(ids.length);
  }

  /// Keskar et al. 2019, section 4.1, by hand.
  @Test
  void tokensThatWereThereAreLessLikely() {
    var speaker = new Speaker(free.tokenizer().vocabulary(), java.util.Optional.empty());
    int size = free.tokenizer().vocabulary().size();
    float[] logits = new float[size];
    for (int v = 0; v < size; v++) {
      logits[v] = v % 2 == 0 ? v : -v;
    }
    int[] seen = {4, 4, 5};

    float[] said = speaker.sayable(List.of(Tensor.of(logits)), seen, 2);

    assertThat(said[4]).isEqualTo(2f);
    assertThat(said[5]).isEqualTo(-10f);
    assertThat(said[6]).isEqualTo(6f);
    assertThat(said[7]).isEqualTo(-7f);
    assertThat(said[free.tokenizer().vocabulary().bos()]).isEqualTo(Float.NEGATIVE_INFINITY);
    var plain = texts(free, request("", "", 1), 20, 1);
    assertThat(texts(free, request("", "", 1).withRepetitionPenalty(1), 20, 1)).isEqualTo(plain);
    var varied = texts(joint, request("", "", 1).withRepetitionPenalty(1e9), 20, 1);
    assertThat(varied).allMatch(text -> text.chars().distinct().count() == text.length());
    assertThatThrownBy(() -> request("", "", 1).withRepetitionPenalty(0))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("repetition penalty above 0");
  }

  /// Across the borders of tokens, which are letters here; what the prompt holds stops nothing.
  @Test
  void aTextEndsBeforeWhatItStopsAt() {
    var plain = texts(free, request("mu", "", 1), 40, 3);
    var stopped = texts(free, request("mu", "", 1).withStop("uu", "um", "mu"), 40, 3);

    assertThat(stopped).isNotEqualTo(plain).hasSameSizeAs(plain);
    for (int i = 0; i < plain.size(); i++) {
      String said = plain.get(i).substring(2);
      int end =
          java.util.stream.Stream.of("uu", "um", "mu")
              .mapToInt(said::indexOf)
              .filter(at -> at >= 0)
              .min()
              .orElse(said.length());
      assertThat(stopped.get(i)).isEqualTo("mu" + said.substring(0, end));
    }
    assertThatThrownBy(() -> request("", "", 1).withStop(""))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("got an empty one");
  }

  @Test
  void aTraceSaysWhatWasDrawnAndFromWhat() {
    var request = request("i", "", 1).withTrace(3);
    for (var made : free.generate(request, 10, 2).toList()) {
      var drawn = made.trace().stream().map(Draw::token).toList();
      assertThat("i" + String.join("", drawn)).isIn(made.text() + "<eos>", made.text());
      for (var draw : made.trace()) {
        var likeliest = draw.likeliest().stream().map(Candidate::probability).toList();
        assertThat(likeliest).hasSize(3).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(likeliest.stream().mapToDouble(p -> p).sum()).isLessThanOrEqualTo(1 + 1e-9);
        assertThat(draw.probability()).isLessThanOrEqualTo(likeliest.getFirst());
        assertThat(draw.likeliest().stream().filter(c -> c.token().equals(draw.token())))
            .allMatch(c -> c.probability() == draw.probability());
      }
    }
    assertThat(texts(free, request, 10, 2)).isEqualTo(texts(free, request("i", "", 1), 10, 2));
  }

  @Test
  void marksAreNeverSaid() {
    var vocabulary = free.tokenizer().vocabulary();

    assertThat(texts(free, request("", "", 3), 50, 1))
        .noneMatch(text -> text.contains(vocabulary.token(vocabulary.unk())));
  }
}
