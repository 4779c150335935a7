package sequor.tasks.pretrain;

import java.util.List;
import java.util.Optional;
import sequor.Seed;
import sequor.data.DataException;
import sequor.data.DataSet;
import sequor.data.DataSettings;
import sequor.data.Row;
import sequor.models.BertEncoder;
import sequor.settings.Schema;
import sequor.settings.Section;
import sequor.settings.Settings;
import sequor.store.ModelDirectory;
import sequor.tasks.Job;
import sequor.tasks.PublishedBert;
import sequor.tasks.Task;
import sequor.tasks.TextConfig;
import sequor.tasks.TrainingSettings;
import sequor.text.Tokenizer;

/// `task: pretrain`
public record PretrainTask() implements Task {
  /// What recipes call it.
  public static final String NAME = "pretrain";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "hidden tokens of texts without labels, for other models to begin with";
  }

  @Override
  public Schema schema() {
    return Schema.of("data", PretrainConfig.dataSection())
        .and("tokens", PretrainConfig.tokensSection())
        .and("model", Section.of(BertEncoder.Config.class))
        .and("masking", Section.of(Masking.class))
        .and(
            "training",
            TrainingSettings.section("masked_loss")
                .withDefault("clip_norm", "1.0")
                .withDefault("weight_decay", "0.01"));
  }

  @Override
  public List<String> columns(Settings data) {
    return List.of("text");
  }

  @Override
  public Job prepare(Settings settings, DataSet<Row> rows, Seed seed) {
    var config = PretrainConfig.of(settings);
    var data = settings.section("data");
    if (data.as(DataSettings.class).stream()) {
      throw data.wrong(
          "stream",
          "expected false, for the ids of all texts are held in memory, got true; set it");
    }
    var texts = rows.map(row -> row.field(config.textColumn())).inMemory();
    if (texts.train().toList().isEmpty()) {
      throw new DataException("pretrain: expected texts to learn from, got none; give some");
    }
    var section = settings.section("tokens");
    var start = PublishedBert.of(config.encoder());
    var fitted = start.map(bert -> config.encoder().withSizesOf(bert.sizes()));
    var sized = fitted.map(config::with).orElse(config);
    TextConfig.requireRoom(section, sized.tokens().maxLength(), sized.encoder(), 2);
    var tokenizer =
        start
            .map(bert -> bert.tokenizer().after(sized.first(section)))
            .orElseGet(() -> sized.learn(section, texts.train().iterable()));
    return job(
        sized,
        settings.section("training").as(TrainingSettings.class),
        tokenizer,
        start,
        texts,
        seed);
  }

  /// @param start what the network begins as; none where it has learned nothing
  static PretrainJob job(
      PretrainConfig config,
      TrainingSettings training,
      Tokenizer tokenizer,
      Optional<PublishedBert> start,
      DataSet<String> texts,
      Seed seed) {
    var filler = new MaskFiller(config, tokenizer, seed);
    start.ifPresent(bert -> bert.loadInto(filler.published()));
    return new PretrainJob(filler, training, texts, seed);
  }

  @Override
  public MaskFiller load(ModelDirectory directory, Settings settings) {
    return MaskFiller.load(directory, settings);
  }
}
