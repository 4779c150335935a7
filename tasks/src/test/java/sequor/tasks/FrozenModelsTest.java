package sequor.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.settings.SettingsException;
import sequor.store.ModelDirectory;
import sequor.tasks.classify.Classifier;
import sequor.tasks.classify.ClassifierConfig;
import sequor.tasks.classify.Prediction;
import sequor.text.TokenSettings;

/// Models of every format there ever was load, and say what they said when they were made. [Freeze]
/// makes those of a new format.
class FrozenModelsTest {
  private static final double SIX_DIGITS = 5e-7;

  @TempDir Path folder;

  private static Path frozen() {
    try {
      var url = Objects.requireNonNull(FrozenModelsTest.class.getResource("frozen"));
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  static List<Path> models() throws IOException {
    var all = new ArrayList<Path>();
    for (var format : Freeze.models(frozen())) {
      all.addAll(Freeze.models(format));
    }
    return all;
  }

  @Test
  void everyFormatIsThere() throws IOException {
    assertThat(Freeze.models(frozen()).stream().map(path -> path.getFileName().toString()))
        .containsExactlyElementsOf(
            Stream.iterate(1, i -> i + 1).limit(ModelConfig.FORMAT).map(i -> "" + i).toList());
    assertThat(models()).hasSize(4 + 9 * (ModelConfig.FORMAT - 1));
  }

  @ParameterizedTest
  @MethodSource("models")
  void itSaysWhatItSaid(Path model) throws IOException {
    var predictor = Models.load(model);
    var expected = Files.readAllLines(model.resolve("expected.jsonl"));
    var said = Freeze.said(predictor);

    assertThat(said).hasSameSizeAs(expected);
    for (int i = 0; i < said.size(); i++) {
      assertSame((JsonObject) Json.parse(expected.get(i)), (JsonObject) Json.parse(said.get(i)));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void itSaysTheSameUnderATape(Path model) {
    var predictor = Models.load(model);
    Toy.assertSameUnderATape(() -> Freeze.said(predictor));
  }

  private static void assertSame(JsonObject expected, JsonObject said) {
    assertThat(said.text("text")).isEqualTo(expected.text("text"));
    if (expected.has("label")) {
      assertThat(said.text("label")).isEqualTo(expected.text("label"));
    }
    if (expected.has("value")) {
      assertThat(said.number("value"))
          .isCloseTo(expected.number("value"), within(SIX_DIGITS * 100));
    }
    if (expected.has("probabilities")) { // of several labels
      assertThat(said.array("labels")).isEqualTo(expected.array("labels"));
    }
    if (expected.has("labels")) {
      String key = expected.has("probabilities") ? "probabilities" : "labels";
      var before = probabilities(expected, key);
      var now = probabilities(said, key);
      assertThat(now.keySet()).isEqualTo(before.keySet());
      before.forEach(
          (label, probability) ->
              assertThat(now.get(label)).as(label).isCloseTo(probability, within(SIX_DIGITS)));
    }
  }

  private static Map<String, Double> probabilities(JsonObject answer, String key) {
    var all = new TreeMap<String, Double>();
    for (var scored : answer.array(key).values()) {
      var one = (JsonObject) scored;
      all.put(one.text("label"), one.number("probability"));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("models")
  void itScoresAsItDid(Path model) throws IOException {
    var file = model.resolve("score.json");
    if (!Files.exists(file)) { // classifiers of format 1 have none
      assertThat(isFirst(model)).isTrue();
      return;
    }
    var expected = (JsonObject) Json.parse(Files.readString(file));
    var predictor = Models.load(model);
    var task = Task.all().get(predictor.config().text("task"));
    var settings = Models.settings(task, new ModelDirectory(model));
    var rows = Freeze.rows(settings, Freeze.rowsOf(model));

    var metrics = predictor.evaluate(rows).metrics();

    boolean first = isFirst(model); // where nats_per_char counted the ends too
    int compared = 0;
    for (var name : expected.names()) {
      String metric = name.substring(name.indexOf('.') + 1);
      if (name.startsWith("test.")) {
        String today = first && metric.equals("nats_per_char") ? "nats_per_token" : metric;
        assertThat(metrics.get(today))
            .as(name)
            .isCloseTo(expected.number(name), within(SIX_DIGITS * 10));
        compared++;
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo(3);
  }

  private static boolean isFirst(Path model) {
    return model.resolveSibling("words.csv").endsWith(Path.of("1", "words.csv"));
  }

  /// Once loaded it is saved in today's format, and says the same.
  @ParameterizedTest
  @MethodSource("models")
  void itCanBeSavedInTodaysFormat(Path model) {
    var predictor = Models.load(model);
    predictor.save(new ModelDirectory(folder));

    assertThat(ModelConfig.version(new ModelDirectory(folder).config().read()))
        .isEqualTo(ModelConfig.FORMAT);
    assertThat(Freeze.said(Models.load(folder))).isEqualTo(Freeze.said(predictor));
  }

  private Path changed(UnaryOperator<JsonObject> change) throws IOException {
    Path model = frozen().resolve("2").resolve("classify-words");
    try (var files = Files.list(model)) {
      for (var file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    var config = new ModelDirectory(folder).config();
    config.write(change.apply(config.read()));
    return folder;
  }

  @Test
  void aNewerFormatIsRefusedByName() throws IOException {
    var model = changed(config -> config.with("version", 3));

    assertThatThrownBy(() -> Models.load(model))
        .isInstanceOf(TaskException.class)
        .hasMessage(
            model.resolve("config.json")
                + ": expected a format up to 2, got 3, which a newer Sequor wrote; update Sequor");
  }

  @Test
  void anotherKindOfFolderIsNamed() throws IOException {
    var model = changed(config -> config.with("format", "bert"));

    assertThatThrownBy(() -> Models.load(model))
        .isInstanceOf(TaskException.class)
        .hasMessage(
            model.resolve("config.json")
                + ": expected the format sequor-model, got \"bert\"; look whether it is the right"
                + " folder");
  }

  @Test
  void aKeyThatItLacksIsAsItWas() throws IOException {
    var model =
        changed(
            config ->
                config
                    .with("tokens", config.object("tokens").without("keep").without("transforms"))
                    .with("model", config.object("model").without("naive_bayes")));

    var settings = Models.settings(Task.all().get("classify"), new ModelDirectory(model));
    assertThat(settings.section("tokens").as(TokenSettings.class).keep())
        .isEqualTo(TokenSettings.Keep.FIRST);
    assertThat(settings.section("model").as(ClassifierConfig.More.class).ngrams())
        .isEqualTo(ClassifierConfig.Speaking.NONE);
    assertThat(Classifier.load(model).predict("a fine film"))
        .extracting(Prediction::label)
        .isIn("good", "bad");
  }

  @Test
  void aKeyThatThereIsNotIsNamed() throws IOException {
    var model =
        changed(config -> config.with("model", config.object("model").with("hiden_size", 4)));

    assertThatThrownBy(() -> Models.load(model))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(
            model.resolve("config.json") + ": model.hiden_size: no such key in model")
        .hasMessageEndingWith("did you mean \"hidden_size\"?");
  }

  @Test
  void aSectionThatThereIsNotIsNamed() throws IOException {
    var model = changed(config -> config.with("modle", config.object("model")));

    assertThatThrownBy(() -> Models.load(model))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(model.resolve("config.json") + ": modle: no such key");
  }

  @Test
  void aTaskThatThereIsNotIsNamed() throws IOException {
    var model = changed(config -> config.with("task", "clasify"));

    assertThatThrownBy(() -> Models.load(model))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(
            "task: expected one of classify, embed, forecast, model-language, multilabel, pretrain, regress, tag, translate, got \"clasify\"")
        .hasMessageEndingWith("did you mean \"classify\"?");
  }
}
