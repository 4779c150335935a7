package sequor.tasks.tag;

import java.util.List;
import java.util.Optional;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.DataSettings;
import sequor.data.Row;
import sequor.settings.Schema;
import sequor.settings.Section;
import sequor.settings.Settings;
import sequor.store.ModelDirectory;
import sequor.tasks.FrameSettings;
import sequor.tasks.Job;
import sequor.tasks.Predictor;
import sequor.tasks.Pretrained;
import sequor.tasks.RefitSettings;
import sequor.tasks.Task;
import sequor.tasks.TrainingSettings;
import sequor.text.Tokenizer;

/// `task: tag`
public record TagTask() implements Task {
  /// What recipes call it.
  public static final String NAME = "tag";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "each word of a sentence, or each step of a sequence of numbers, has a tag";
  }

  @Override
  public Schema schema() {
    return Schema.of("data", TagConfig.dataSection())
        .and("tokens", TagConfig.tokensSection())
        .and("model", TagConfig.modelSection())
        .and("loss", Section.of(TagJob.Loss.class))
        .and("training", TrainingSettings.section("accuracy").and(RefitSettings.class))
        .and("floor", Section.of(FloorSettings.class));
  }

  @Override
  public List<String> columns(Settings data) {
    return FrameSettings.asks(data)
        ? List.of("sequence", "step", "label")
        : List.of("text", "label");
  }

  @Override
  public boolean readsEveryColumn(Settings data) {
    return FrameSettings.asks(data);
  }

  @Override
  public Job prepare(Settings settings, DataSet<Row> rows, Seed seed) {
    if (FrameSettings.asks(settings.section("data"))) {
      return FrameTagJob.of(settings, rows, seed);
    }
    var tokens = settings.section("tokens");
    var config = TagConfig.of(settings).begun();
    if (config.bert().isPresent()) {
      PieceReader.requireFit(settings, config);
    }
    boolean streams = settings.section("data").as(DataSettings.class).stream();
    var written = rows.map(config::example);
    var spelling = TagSpelling.of(config.spans(), written.train());
    var examples = rows.map(row -> spelling.read(config.example(row), row.place()));
    var held = streams ? examples : examples.inMemory();
    var texts = held.train().map(example -> String.join(" ", example.tokens()));
    var pieces = config.bert().map(_ -> PieceReader.tokenizer(tokens, config.start()));
    var cutting = pieces.isPresent() ? PieceReader.words(tokens) : tokens;
    var words = Tokenizer.learn(cutting, texts.iterable());
    var reader = WordReader.learn(config, words, pieces, held.train());
    var vectors = Pretrained.of(config.vectors(), reader.words().vocabulary(), seed);
    var model = settings.section("model");
    vectors.ifPresent(known -> known.requireFit(model, config.encoder()));
    var fitted =
        vectors.map(known -> config.withTokenSize(known.vectors().dimension())).orElse(config);
    var plan =
        new TagJob.Plan(
            settings.section("loss").as(TagJob.Loss.class),
            settings.section("training").as(TrainingSettings.class),
            settings.section("floor").as(FloorSettings.class),
            spelling,
            streams,
            RefitSettings.asked(settings, streams));
    return new TagJob(reader.with(fitted), plan, vectors, held, seed);
  }

  @Override
  public Predictor<?, ?> load(ModelDirectory directory, Settings settings) {
    return FrameSettings.asks(settings.section("data"))
        ? FrameTagger.load(directory, settings)
        : Tagger.load(directory, settings);
  }

  /// None: what is split at random are sentences.
  @Override
  public Optional<String> stratified() {
    return Optional.empty();
  }
}
