package sequor.tasks.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import sequor.Seed;
import sequor.data.Data;
import sequor.data.DataException;
import sequor.data.DataSet;
import sequor.data.DataSettings;
import sequor.data.Row;
import sequor.data.Source;
import sequor.models.LanguageModel;
import sequor.settings.Schema;
import sequor.settings.Section;
import sequor.settings.Settings;
import sequor.store.ModelDirectory;
import sequor.tasks.Job;
import sequor.tasks.Pretrained;
import sequor.tasks.Task;
import sequor.tasks.TrainingSettings;
import sequor.text.Labels;
import sequor.text.SubwordSettings;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;

/// `task: model-language`
public record LanguageTask() implements Task {
  /// What recipes call it.
  public static final String NAME = "model-language";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "what comes next in a text";
  }

  @Override
  public Schema schema() {
    return Schema.of("data", LanguageConfig.dataSection())
        .and("tokens", TokenSettings.section())
        .and("model", LanguageConfig.modelSection())
        .and("loss", Section.of(LanguageConfig.LossSettings.class))
        .and(
            "training",
            TrainingSettings.section("nats_per_token")
                .withDefault("learning_rate", "0.002")
                .withDefault("clip_norm", "1.0"))
        .and("floor", Section.of(LanguageConfig.FloorSettings.class))
        .moved("training.label_smoothing", "loss.label_smoothing");
  }

  @Override
  public List<String> columns(Settings data) {
    return List.of("text", "label");
  }

  @Override
  public Optional<String> stratified() {
    return Optional.of("label");
  }

  @Override
  public Job prepare(Settings settings, DataSet<Row> rows, Seed seed) {
    var config = LanguageConfig.of(settings);
    var data = settings.section("data");
    boolean streams = data.as(DataSettings.class).stream();
    requireSense(config, data, streams);
    var examples = rows.map(row -> example(row, config, data));
    var held = streams ? examples : examples.inMemory();
    if (!hasAny(held.train())) {
      throw new DataException("model-language: expected texts to learn from, got none; give some");
    }
    var texts = config.course().isLong() ? lines(held.train()) : texts(held.train());
    var tokenizer = Tokenizer.learn(tokens(settings.section("tokens"), config), texts);
    Optional<Labels> labels =
        config.isConditioned()
            ? Optional.of(Labels.of(held.train().map(LanguageJob.Example::label).iterable()))
            : Optional.empty();
    var vectors = Pretrained.of(config.vectors(), tokenizer.vocabulary(), seed);
    var standard = Settings.json(Settings.defaults(LanguageModel.Config.class));
    vectors.ifPresent(known -> known.requireFit(settings.section("model"), standard));
    var fitted =
        vectors.map(known -> config.withEmbeddingSize(known.vectors().dimension())).orElse(config);
    var parts =
        new Generator.Parts(
            tokenizer,
            labels,
            prior(labels, held.train()),
            ngrams(config, config.texts(tokenizer), held.train()));
    var plan =
        new LanguageJob.Plan(
            settings.section("loss").as(LanguageConfig.LossSettings.class),
            settings.section("training").as(TrainingSettings.class),
            settings.section("floor").as(LanguageConfig.FloorSettings.class).order(),
            streams);
    return new LanguageJob(fitted, plan, parts, vectors, held, seed);
  }

  /// A long text is cut into tokens line by line, so none of its lines may begin with a space that
  /// is not its own.
  private static Settings tokens(Settings tokens, LanguageConfig config) {
    boolean lines = config.course().isLong() && tokens.has(SubwordSettings.LAYOUT);
    return lines
        ? new Settings(
            tokens.values().with(SubwordSettings.LAYOUT, true), tokens.path(), tokens.places())
        : tokens;
  }

  private static void requireSense(LanguageConfig config, Settings data, boolean streams) {
    if (config.course().isLong() && (streams || config.isConditioned())) {
      throw data.wrong(
          "reading",
          "expected texts, each for itself, where %s, got %s; %s",
          streams ? "data.stream is true" : "there is a data.label",
          config.course().reading().name().toLowerCase(Locale.ROOT),
          streams ? "set data.stream to false" : "leave the label out");
    }
  }

  private static Iterable<String> texts(Source<LanguageJob.Example> train) {
    return train.map(LanguageJob.Example::text).iterable();
  }

  private static Iterable<String> lines(Source<LanguageJob.Example> train) {
    return () ->
        train.toList().stream().flatMap(example -> LongText.lines(example.text())).iterator();
  }

  private static boolean hasAny(Source<?> source) {
    try (var cursor = source.open()) {
      return cursor.hasNext();
    }
  }

  private static LanguageJob.Example example(Row row, LanguageConfig config, Settings data) {
    String label = config.isConditioned() ? Data.filled(data, row, "label") : "";
    return new LanguageJob.Example(row.field(config.textColumn()), label);
  }

  /// How often each label occurs, in the order of the labels.
  private static List<Double> prior(Optional<Labels> labels, Source<LanguageJob.Example> train) {
    if (labels.isEmpty()) {
      return List.of(1.0);
    }
    long[] counts = new long[labels.get().size()];
    train.forEach(example -> counts[labels.get().id(example.label())]++);
    double all = Arrays.stream(counts).sum();
    return Arrays.stream(counts).mapToObj(count -> count / all).toList();
  }

  private static Optional<NGramShare> ngrams(
      LanguageConfig config, NextTokens texts, Source<LanguageJob.Example> train) {
    double share = config.more().ngramShare();
    if (share == 0) {
      return Optional.empty();
    }
    var sequences = new ArrayList<int[]>();
    if (config.course().isLong()) {
      var whole = LongText.of(texts, 1, train.map(LanguageJob.Example::text));
      sequences.addAll(whole.said());
    } else {
      train.forEach(example -> sequences.add(texts.said(example.text())));
    }
    int order = config.more().ngramOrder();
    int size = texts.tokenizer().vocabulary().size();
    return Optional.of(new NGramShare(order, share, size, sequences));
  }

  @Override
  public Generator load(ModelDirectory directory, Settings settings) {
    return Generator.load(directory, settings);
  }
}
