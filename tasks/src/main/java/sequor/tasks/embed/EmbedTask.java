package sequor.tasks.embed;

import java.util.List;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.Row;
import sequor.settings.Schema;
import sequor.settings.Section;
import sequor.settings.Settings;
import sequor.store.ModelDirectory;
import sequor.tasks.Task;
import sequor.tasks.Training;
import sequor.text.Tokenizer;

/// `task: embed`
public record EmbedTask() implements Task {
  /// What recipes call it.
  public static final String NAME = "embed";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "a vector for every word";
  }

  @Override
  public Schema schema() {
    return Schema.of("data", EmbedConfig.dataSection())
        .and("tokens", EmbedConfig.tokensSection())
        .and("phrases", Section.of(PhraseSettings.class))
        .and("model", Section.of(EmbedModel.class))
        .and("training", Section.of(EmbedTraining.class));
  }

  @Override
  public List<String> columns(Settings data) {
    return List.of("text");
  }

  @Override
  public Training prepare(Settings settings, DataSet<Row> rows, Seed seed) {
    var config = EmbedConfig.of(settings);
    var texts = rows.map(row -> row.field(config.textColumn()));
    var tokenizer = Tokenizer.learn(settings.section("tokens"), texts.train().iterable());
    var names = rows.train().map(Row::place);
    return new EmbedJob(config, tokenizer, texts, names.iterable(), seed);
  }

  @Override
  public Embedder load(ModelDirectory directory, Settings settings) {
    return Embedder.load(directory, settings);
  }
}
