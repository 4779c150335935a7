package sequor.tasks.multilabel;

import java.util.List;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.DataSettings;
import sequor.data.Row;
import sequor.settings.Schema;
import sequor.settings.Settings;
import sequor.store.ModelDirectory;
import sequor.tasks.Job;
import sequor.tasks.Task;
import sequor.tasks.TextConfig;
import sequor.tasks.TrainingSettings;

/// `task: multilabel`
public record MultiLabelTask() implements Task {
  /// What recipes call it.
  public static final String NAME = "multilabel";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "a text, or two, has any of several labels";
  }

  @Override
  public Schema schema() {
    return Schema.of("data", MultiLabelConfig.dataSection())
        .and("tokens", TextConfig.tokensSection())
        .and("model", MultiLabelConfig.modelSection())
        .and("training", TrainingSettings.section("micro_f1"));
  }

  @Override
  public List<String> columns(Settings data) {
    return List.of("text", "pair", "label");
  }

  @Override
  public Job prepare(Settings settings, DataSet<Row> rows, Seed seed) {
    var config = MultiLabelConfig.of(settings);
    var data = settings.section("data").as(DataSettings.class);
    var examples = rows.map(config::example);
    var held = data.stream() ? examples : examples.inMemory();
    var begun = config.text().begun(settings, held.train().map(Example::text), seed);
    var training = settings.section("training").as(TrainingSettings.class);
    return new MultiLabelJob(config.more(), training, data.stream(), begun, held, seed);
  }

  @Override
  public MultiLabeler load(ModelDirectory directory, Settings settings) {
    return MultiLabeler.load(directory, settings);
  }
}
