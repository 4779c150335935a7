package sequor.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.data.DataSet;
import sequor.data.Row;
import sequor.models.CellKind;
import sequor.models.RecurrentEncoderDecoder;
import sequor.models.RecurrentEncoderDecoder.Looking;
import sequor.models.TransformerEncoderDecoder;
import sequor.tasks.classify.Classifier;
import sequor.tasks.classify.Prediction;
import sequor.tasks.language.Generator;
import sequor.tasks.multilabel.MultiLabeler;
import sequor.tasks.regress.Regressor;
import sequor.tasks.tag.Tagger;
import sequor.tasks.translate.Example;
import sequor.tasks.translate.Translate;
import sequor.tensor.Tensor;

/// What predictors show of themselves is what they do.
class InspectsTest {
  private static final float STEP = 0.05f;
  private static final String WORD = "abik";

  private static Classifier classifier(String... more) {
    var overrides = new ArrayList<>(List.of("data.label=language"));
    overrides.addAll(List.of(more));
    return Toy.train("classify", overrides.toArray(String[]::new)).predictor(Classifier.class);
  }

  private static HeatMap saliency(Inspected inspected) {
    return inspected.view("saliency").maps(View.Choice.standard()).getFirst();
  }

  /// How a number changes when the vector of a token is made longer: with nothing but the table of
  /// vectors and the predictor's own answer.
  private static double slope(Tensor table, int id, float step, DoubleSupplier answer) {
    var whole = table.copy();
    double up = moved(table, whole, id, 1 + step, answer);
    double down = moved(table, whole, id, 1 - step, answer);
    table.assign(whole);
    return (up - down) / (2 * step);
  }

  private static double moved(
      Tensor table, Tensor whole, int id, float factor, DoubleSupplier answer) {
    float[] values = whole.toArray();
    int wide = whole.dim(1);
    for (int d = 0; d < wide; d++) {
      values[id * wide + d] *= factor;
    }
    table.assign(values);
    return answer.getAsDouble();
  }

  private static Tensor table(Predictor<?, ?> predictor, String ending) {
    return predictor.network().parameters().entrySet().stream()
        .filter(each -> each.getKey().endsWith(ending))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  /// The ids of the tokens of a text, by what they are called.
  private static Map<String, Integer> ids(Tokenizes predictor, String text) {
    var ids = new HashMap<String, Integer>();
    for (var token : predictor.reading(text).tokens()) {
      boolean mark = token.start() == token.end();
      ids.put(mark ? token.token() : text.substring(token.start(), token.end()), token.id());
    }
    return ids;
  }

  /// The sum of a map's numbers in all columns of that token.
  private static double added(HeatMap map, String token) {
    double sum = 0;
    for (int c = 0; c < map.columns().labels().size(); c++) {
      if (map.columns().labels().get(c).equals(token)) {
        for (int r = 0; r < map.rows().labels().size(); r++) {
          sum += map.value(r, c);
        }
      }
    }
    return sum;
  }

  /// Saliency is held to the answer itself, asked with longer and shorter vectors.
  private static void assertSlopes(
      Predictor<?, ?> predictor, HeatMap map, Map<String, Integer> ids, DoubleSupplier answer) {
    assertSlopes(predictor, "embedding.weight", map, ids, answer);
  }

  private static void assertSlopes(
      Predictor<?, ?> predictor,
      String ending,
      HeatMap map,
      Map<String, Integer> ids,
      DoubleSupplier answer) {
    predictor.network().parameters().values().forEach(Tensor::clearGrad); // of the training
    var table = table(predictor, ending);
    double largest = 0;
    var read = new HashSet<>(ids.keySet());
    read.retainAll(map.columns().labels()); // a language model does not read how a text ends
    assertThat(read).hasSizeGreaterThan(1);
    for (var token : read) {
      double slope = slope(table, ids.getOrDefault(token, -1), STEP, answer);
      double halved = slope(table, ids.getOrDefault(token, -1), STEP / 2, answer);
      double expected = (4 * halved - slope) / 3; // Richardson's extrapolation
      assertThat(added(map, token))
          .as(token)
          .isCloseTo(expected, within(1e-3 + 0.01 * Math.abs(expected)));
      largest = Math.max(largest, Math.abs(expected));
    }
    assertThat(largest).isGreaterThan(0.01); // there is something to see
    predictor
        .network()
        .parameters()
        .forEach((name, each) -> assertThat(each.hasGrad()).as(name).isFalse());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.cell=lstm",
        "model.cell=rnn model.pooling=mean",
        "model.cell=gru model.layers=2 model.pooling=attention",
        "model.cell=s4d",
        "model.encoder=transformer model.hidden_size=8 model.heads=2",
        "model.encoder=bag model.longest=1"
      })
  void saliencySaysHowTheLogOddsChange(String settings) {
    var classifier = classifier(settings.split(" "));
    String label = classifier.predict(WORD).label();
    var inspected = classifier.inspect(WORD);
    assertThat(inspected.answer()).startsWith(label);
    var map = saliency(inspected);
    assertThat(map.columns().labels()).containsExactly("<bos>", "a", "b", "i", "k", "<eos>");
    assertThat(map.rows().labels()).containsExactly(label);
    assertThat(map.scale().isSigned()).isTrue();
    assertSlopes(
        classifier,
        map,
        ids(classifier, WORD),
        () -> {
          var ranked = classifier.predict(WORD).probabilities();
          double others = 0; // 1 − p would have lost its digits
          for (var other : ranked.subList(1, ranked.size())) {
            others += other.probability();
          }
          return Math.log(ranked.getFirst().probability() / others);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.target=number", "model.target=levels"})
  void saliencyOfANumberSaysHowItChanges(String target) {
    var rows = new ArrayList<Row>();
    for (int i = 0; i < 60; i++) {
      String word = "a".repeat(1 + i % 4) + "b".repeat(i % 3);
      rows.add(Row.of(Map.of("word", word, "stars", Integer.toString(10 * (1 + i % 4)))));
    }
    var trained = Toy.train(DataSet.of(rows, rows, rows), "regress", "data.label=stars", target);
    var regressor = trained.predictor(Regressor.class);
    var map = saliency(regressor.inspect("aab"));
    assertThat(map.rows().labels()).containsExactly("stars");
    if (target.endsWith("number")) {
      assertSlopes(regressor, map, ids(regressor, "aab"), () -> regressor.predict("aab").value());
    } else {
      assertThat(map.scale().most()).isPositive(); // a level itself has no slope
    }
  }

  @Test
  void saliencyOfLabelsHasARowForEach() {
    var rows = new ArrayList<Row>();
    for (int i = 0; i < 90; i++) {
      String word = "x" + (i % 2 == 0 ? "a" : "") + (i % 3 == 0 ? "b" : "");
      rows.add(
          Row.of(
              Map.of(
                  "word",
                  word,
                  "has",
                  String.join("|", word.substring(1).split(""))))); // a, b, both or none
    }
    var labeler =
        Toy.train(
                DataSet.of(rows, rows, rows),
                "multilabel",
                "data.label=has",
                "data.label_separator=|",
                "training.epochs=5")
            .predictor(MultiLabeler.class);
    var tags = labeler.predict("xab");
    assertThat(tags.labels()).hasSizeGreaterThan(1);
    var map = saliency(labeler.inspect("xab"));
    assertThat(map.rows().labels()).isEqualTo(tags.labels());
    assertSlopes(
        labeler,
        map,
        ids(labeler, "xab"),
        () ->
            labeler.predict("xab").probabilities().stream()
                .filter(each -> tags.labels().contains(each.label()))
                .mapToDouble(each -> Math.log(each.probability() / (1 - each.probability())))
                .sum());
  }

  @ParameterizedTest
  @CsvSource({"'',''", "data.label=language,abba"})
  void saliencyOfALanguageModelAddsUpToTheSlopeOfTheWholeText(String setting, String label) {
    var generator =
        setting.isEmpty()
            ? Toy.train("model-language").predictor(Generator.class)
            : Toy.train("model-language", setting).predictor(Generator.class);
    var inspected = generator.inspect("abab");
    var map = saliency(inspected);
    assertThat(map.columns().labels()).containsExactly("<bos>", "a", "b", "a", "b");
    assertThat(map.rows().labels()).containsExactly("a", "b", "a", "b", "<eos>");
    for (int r = 0; r < 5; r++) {
      for (int c = r + 1; c < 5; c++) {
        assertThat(map.value(r, c)).isZero(); // nothing follows from what comes later
      }
    }
    assertThat(inspected.answer()).contains("nats per token", label);
    if (label.isEmpty()) {
      assertSlopes(generator, map, ids(generator, "abab"), () -> -generator.predict("abab").nats());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"softmax", "crf"})
  void aTaggerShowsWhatSpeaksForEachTag(String head) {
    var rows = new ArrayList<Row>();
    for (int i = 0; i < 60; i++) {
      boolean twice = i % 2 == 0;
      rows.add(
          Row.of(
              Map.of(
                  "word", twice ? "bell\nrings" : "rings\nbell\nsoon",
                  "tag", twice ? "NOUN\nVERB" : "VERB\nNOUN\nADV")));
    }
    var tagger =
        Toy.train(
                DataSet.of(rows, rows, rows),
                "tag",
                "data.label=tag",
                "model.letters=none",
                "model.affixes=0",
                "training.epochs=2",
                "model.head=" + head)
            .predictor(Tagger.class);
    var inspected = tagger.inspect("rings bell soon");
    var tagged = tagger.tag("rings bell soon");
    var map = saliency(inspected);
    assertThat(map.columns().labels()).containsExactly("rings", "bell", "soon");
    assertThat(map.rows().labels()).containsExactly("rings/VERB", "bell/NOUN", "soon/ADV");
    if (head.equals("softmax")) {
      assertSlopes(
          tagger,
          map,
          ids(tagger, "rings bell soon"),
          () ->
              tagger.tag("rings bell soon").probabilities().stream()
                  .mapToDouble(p -> Math.log(p / (1 - p)))
                  .sum());
    }
    assertThat(inspected.answer()).isEqualTo(String.join(" ", tagged.tags()));
    assertThat(inspected.views().stream().map(View::name))
        .containsExactly("saliency", "gates", "hidden"); // the letters' own gates are not shown
  }

  @ParameterizedTest
  @CsvSource({"general,false,false", "additive,true,false", "none,false,true"})
  void theSaliencyOfATranslationAddsUpToItsSlope(String attention, boolean fed, boolean reverse) {
    var network =
        RecurrentEncoderDecoder.Config.of(CellKind.LSTM, 32)
            .withLayers(1, 0)
            .withAttention(Looking.valueOf(attention.toUpperCase(Locale.ROOT)), fed);
    var translate = Translate.with(network).loss(0, 1).epochs(4).seed(3);
    translate = translate.training(translate.training().with("watch", "nats_per_token"));
    var translator = (reverse ? translate.reversed() : translate).train(pairs());
    var inspected = translator.inspect("zwei Hund");
    var map = saliency(inspected);
    assertThat(map.columns().labels()).containsExactly("zwei", "Hund", "<eos>");
    assertThat(map.rows().labels()).containsExactly("two", "dog", "<eos>");
    assertSlopes(
        translator,
        "source.weight",
        map,
        ids(translator, "zwei Hund"),
        () -> translator.translate("zwei Hund").best().logProbability());

    var names = inspected.views().stream().map(View::name).toList();
    assertThat(names).contains("gates", "decoder-gates", "hidden");
    if (attention.equals("none")) {
      assertThat(names).doesNotContain("alignment");
      return;
    }
    var alignment = inspected.view("alignment").maps(View.Choice.standard()).getFirst();
    assertThat(alignment.values())
        .isEqualTo(translator.translate("zwei Hund").best().alignment().weights());
    assertSharesOf(alignment);
  }

  private static List<Example> pairs() {
    var pairs = new ArrayList<Example>();
    var words = Map.of("ein", "a", "zwei", "two", "Hund", "dog", "Haus", "house");
    for (int i = 0; i < 160; i++) {
      String first = i % 2 == 0 ? "ein" : "zwei";
      String second = i % 4 < 2 ? "Hund" : "Haus";
      pairs.add(Example.of(first + " " + second, words.get(first) + " " + words.get(second)));
    }
    return pairs;
  }

  private static void assertSharesOf(HeatMap map) {
    assertThat(map.values())
        .allSatisfy(
            row ->
                assertThat(row.stream().mapToDouble(Float::doubleValue).sum())
                    .isCloseTo(1, within(1e-4)));
    assertThat(map.scale()).isEqualTo(new HeatMap.Scale(map.scale().meaning(), 0, 1));
  }

  @Test
  void aTransformerShowsItsHeadsByLayer() {
    var classifier =
        classifier(
            "model.encoder=transformer",
            "model.hidden_size=8",
            "model.heads=2",
            "model.layers=2",
            "model.pooling=attention",
            "training.epochs=1");
    var inspected = classifier.inspect("abba");
    assertThat(inspected.views().stream().map(View::name))
        .containsExactly("saliency", "attention", "pooling", "hidden");
    var attention = inspected.view("attention");
    assertThat(attention.layers()).containsExactly(1, 2);
    assertThat(attention.names()).containsExactly("mean", "1", "2");

    var mean = attention.maps(View.Choice.standard());
    assertThat(mean).hasSize(1);
    assertThat(mean.getFirst().title()).isEqualTo("attention, layer 2, mean of 2 heads");
    assertSharesOf(mean.getFirst());
    var heads = attention.maps(choice(2, "all", ""));
    assertThat(heads).hasSize(2).allSatisfy(InspectsTest::assertSharesOf);
    for (int r = 0; r < 6; r++) {
      for (int c = 0; c < 6; c++) {
        float both = (heads.get(0).value(r, c) + heads.get(1).value(r, c)) / 2;
        assertThat(mean.getFirst().value(r, c)).isCloseTo(both, within(1e-6f));
      }
    }
    assertThat(attention.maps(choice(1, "2", "")).getFirst().title())
        .isEqualTo("attention, layer 1, head 2");
    assertSharesOf(inspected.view("pooling").maps(View.Choice.standard()).getFirst());
  }

  @Test
  void aTransformerThatTranslatesShowsAllItsLooking() {
    var network = TransformerEncoderDecoder.Config.of(16, 2, 2);
    var translator = Translate.with(network).epochs(1).seed(3).train(pairs());
    var inspected = translator.inspect("ein Haus");
    assertThat(inspected.views().stream().map(View::name))
        .containsExactly(
            "alignment", "saliency", "cross-attention", "decoder-attention", "attention", "hidden");
    var alignment = inspected.view("alignment").maps(View.Choice.standard()).getFirst();
    var cross = inspected.view("cross-attention").maps(View.Choice.standard()).getFirst();
    assertThat(cross.rows()).isEqualTo(alignment.rows());
    for (int r = 0; r < cross.rows().labels().size(); r++) { // said token by token, and at once
      for (int c = 0; c < cross.columns().labels().size(); c++) {
        assertThat(cross.value(r, c)).isCloseTo(alignment.value(r, c), within(1e-5f));
      }
    }
    var told = inspected.view("decoder-attention").maps(View.Choice.standard()).getFirst();
    assertThat(told.rows().labels().getFirst()).isEqualTo("<bos>");
    assertSharesOf(told);
    assertSharesOf(inspected.view("attention").maps(View.Choice.standard()).getFirst());
  }

  @Test
  void gatesAreShownByLayerAndDirection() {
    var classifier = classifier("model.cell=lstm", "model.layers=2", "training.epochs=1");
    var inspected = classifier.inspect("ikki");
    var gates = inspected.view("gates");
    assertThat(gates.maps(View.Choice.standard()).stream().map(HeatMap::title))
        .containsExactly(
            "gates, layer 1, forward",
            "gates, layer 1, backward",
            "gates, layer 2, forward",
            "gates, layer 2, backward");
    var means = gates.maps(choice(1, "", "")).getFirst();
    assertThat(means.rows().labels()).containsExactly("input", "forget", "candidate", "output");
    var units = gates.maps(choice(1, "", "forget")).getFirst(); // tokens × 7 units
    assertThat(units.columns().labels()).containsExactly("1", "2", "3", "4", "5", "6", "7");
    for (int t = 0; t < 6; t++) {
      int step = t;
      double mean = units.values().get(step).stream().mapToDouble(each -> each).average().orElse(0);
      assertThat((double) means.value(1, step)).isCloseTo(mean, within(1e-5));
      assertThat(units.values().get(step)).allSatisfy(each -> assertThat(each).isBetween(0f, 1f));
    }
    var hidden = inspected.view("hidden").maps(View.Choice.standard()).getFirst();
    assertThat(hidden.rows().labels()).containsExactly("<bos>", "i", "k", "k", "i", "<eos>");
    assertThat(hidden.columns().labels()).hasSize(14);
  }

  @Test
  void ofManyUnitsThoseThatVaryMostAreShown() {
    var inspected = classifier("model.hidden_size=40", "training.epochs=1").inspect("ik");
    var hidden = inspected.view("hidden").maps(View.Choice.standard()).getFirst();
    assertThat(hidden.title()).isEqualTo("hidden units: the 32 of 80 that vary most");
    assertThat(hidden.columns().labels()).hasSize(32);
  }

  private static View.Choice choice(int layer, String head, String gate) {
    return new View.Choice(OptionalInt.of(layer), given(head), given(gate));
  }

  private static Optional<String> given(String part) {
    return Optional.of(part).filter(each -> !each.isEmpty());
  }

  @Test
  void whatIsNotThereIsRefusedWithWhatIs() {
    var inspected = classifier("model.cell=lstm", "training.epochs=1").inspect("abba");
    assertThatThrownBy(() -> inspected.view("attention"))
        .hasMessage(
            "view: expected one that this model has (saliency, gates, hidden), got 'attention'; take"
                + " one of these");
    var gates = inspected.view("gates");
    assertThatThrownBy(() -> gates.maps(choice(3, "", "")))
        .hasMessage("layer: expected a layer (1) of gates, got 3; take one of these");
    assertThatThrownBy(() -> gates.maps(choice(1, "", "forgot")))
        .hasMessage(
            "gate: expected one (mean, input, forget, candidate, output) of gates, got 'forgot'; take"
                + " one of these, or all");
    assertThatThrownBy(() -> gates.maps(choice(1, "2", "")))
        .hasMessage(
            "head: expected a view that has heads, got gates, which does not; name another, or leave"
                + " it out");
  }

  @Test
  void aModelThatOnlyCountsSaysThatThereIsNothingToSee() {
    var classifier = classifier("model.encoder=none", "model.ngrams=strong");
    assertThatThrownBy(() -> classifier.inspect("abba"))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("got one that counts n-grams");
  }

  /// A logit of a bag with nothing behind it is a sum over n-grams, and a bias.
  @Test
  void whatNGramsAddIsSharedByTheirTokens() {
    var classifier =
        classifier("model.encoder=bag", "model.longest=2", "model.buckets=50", "model.head_size=0");
    var inspected = classifier.inspect(WORD);
    var bias = table(classifier, "bias").toArray();
    var said = classifier.predict(WORD);
    int label = classifier.labels().id(said.label());
    var others = said.probabilities().subList(1, said.probabilities().size());
    double rest = others.stream().mapToDouble(Prediction.Scored::probability).sum();
    double own = 0;
    for (var each : others) { // a slope of the log-odds weighs the others by their shares
      int other = classifier.labels().id(each.label());
      double apart = Math.log(said.probability() / each.probability()) - bias[label] + bias[other];
      own += each.probability() / rest * apart;
    }
    double all = 0;
    var map = saliency(inspected);
    for (float value : map.values().getFirst()) {
      all += value;
    }
    assertThat(all).isCloseTo(own, within(1e-3));
    assertThat(map.columns().labels()).hasSize(6);
  }

  @Test
  void whoeverSpeaksAlongIsNamed() {
    var classifier = classifier("model.members=2", "model.ngrams=naive_bayes", "training.epochs=1");
    var inspected = classifier.inspect("abbaikkiumuabba");
    assertThat(inspected.notices())
        .anySatisfy(notice -> assertThat(notice).startsWith("n-grams speak along"))
        .anySatisfy(notice -> assertThat(notice).startsWith("2 networks answer together"));
    assertThatThrownBy(() -> classifier("tokens.marks=false", "training.epochs=1").inspect(""))
        .hasMessageContaining("got one without");
  }

  @Test
  void tokensAreCalledAsTheUserWroteThem() {
    var classifier = classifier("tokens.lower_case=true", "training.epochs=1");
    var map = saliency(classifier.inspect("A ☃\n"));
    assertThat(map.columns().labels()).containsExactly("<bos>", "A", "␣", "☃", "⏎", "<eos>");
  }

  @Test
  void inspectingChangesNothing() {
    var trained = Toy.train("classify", "data.label=language", "model.cell=lstm");
    var classifier = trained.predictor(Classifier.class);
    var bits = trained.bits();
    double before = classifier.predict("abba").probability();
    classifier.inspect("abba").views().forEach(view -> view.maps(View.Choice.standard()));
    assertThat(trained.bits()).isEqualTo(bits);
    assertThat(classifier.predict("abba").probability()).isEqualTo(before);
  }
}
