package sequor.toy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.DataSettings;
import sequor.data.Row;
import sequor.json.JsonObject;
import sequor.models.EncoderKind;
import sequor.models.InputSize;
import sequor.nn.Linear;
import sequor.settings.Schema;
import sequor.settings.Section;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.store.ModelDirectory;
import sequor.tasks.Job;
import sequor.tasks.ModelConfig;
import sequor.tasks.Predictor;
import sequor.tasks.Task;
import sequor.tasks.TrainingSettings;
import sequor.text.Labels;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;

/// `task: toy-tag`
public record ToyTagTask() implements Task {
  /// The columns that are read.
  public record TagColumns(
      @Setting(value = "words", about = "the column with the words") String words,
      @Setting(value = "tags", about = "the column with a tag a word") String tags) {}

  @Override
  public String name() {
    return "toy-tag";
  }

  @Override
  public String about() {
    return "a tag for every word";
  }

  @Override
  public Schema schema() {
    return Schema.of("data", DataSettings.section().and(TagColumns.class))
        .and("tokens", TokenSettings.section().withDefault("tokenizer", "hyphens"))
        .and(
            "model",
            Section.none()
                .choosing("encoder", "neighbors", "what reads the words", EncoderKind.all()))
        .and("training", TrainingSettings.section("accuracy").withDefault("learning_rate", "0.01"));
  }

  @Override
  public List<String> columns(Settings data) {
    return List.of("words", "tags");
  }

  @Override
  public Job prepare(Settings settings, DataSet<Row> rows, Seed seed) {
    var train = rows.train().toList();
    var tokenizer =
        Tokenizer.learn(
            settings.section("tokens"), train.stream().map(row -> row.field("words")).toList());
    var tags =
        Labels.of(
            train.stream()
                .flatMap(row -> List.of(row.field("tags").split(" ", -1)).stream())
                .toList());
    var tagger = tagger(settings, tokenizer, tags, seed);
    return new ToyTagJob(tagger, rows, settings.section("training").as(TrainingSettings.class));
  }

  private Tagger tagger(Settings settings, Tokenizer tokenizer, Labels tags, Seed seed) {
    var model = settings.section("model");
    var random = seed.child("parameters").generator();
    var vocabulary = tokenizer.vocabulary();
    var encoder =
        EncoderKind.all()
            .get(model.text("encoder"))
            .config(model)
            .build(InputSize.ofIds(vocabulary.size(), vocabulary.pad()), random);
    var head = new Linear(encoder.hiddenSize(), tags.size(), random);
    Map<String, JsonObject> sections = new LinkedHashMap<>();
    for (var name : List.of("data", "tokens", "model")) {
      sections.put(name, settings.section(name).values());
    }
    return new Tagger(
        ModelConfig.of(name(), sections), tokenizer, tags, new Tagger.Network(encoder, head));
  }

  @Override
  public Predictor<?, ?> load(ModelDirectory directory, Settings settings) {
    var tagger =
        tagger(
            settings,
            Tokenizer.load(directory.tokens()),
            Labels.load(directory.labels()),
            new Seed(0));
    directory.loadWeights(tagger.network().parameters());
    return tagger;
  }
}
