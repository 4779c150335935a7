package sequor.tasks.translate;

import java.util.List;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.DataSettings;
import sequor.data.Row;
import sequor.models.BeamSearch;
import sequor.settings.Schema;
import sequor.settings.Section;
import sequor.settings.Settings;
import sequor.store.ModelDirectory;
import sequor.tasks.FrameSettings;
import sequor.tasks.Job;
import sequor.tasks.Predictor;
import sequor.tasks.Task;
import sequor.tasks.TeacherSettings;
import sequor.tasks.TrainingSettings;
import sequor.text.Tokenizer;

/// `task: translate`
public record TranslateTask() implements Task {
  /// What recipes call it.
  public static final String NAME = "translate";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "a text is said in another language, or answered; or numbers are put into words";
  }

  @Override
  public Schema schema() {
    return Schema.of("data", TranslateConfig.dataSection())
        .and("tokens", TranslateConfig.tokensSection())
        .and("model", TranslateConfig.modelSection())
        .and("loss", Section.of(TranslateJob.Loss.class).and(TeacherSettings.class))
        .and(
            "training",
            TrainingSettings.section("bleu")
                .withDefault("clip_norm", "1.0")
                .withDefault("optimizer", "adam"))
        .and("search", Section.of(BeamSearch.Config.class))
        .and("score", Section.of(TranslateConfig.Scoring.class));
  }

  @Override
  public List<String> columns(Settings data) {
    return FrameSettings.asks(data)
        ? List.of("sequence", "step", "target")
        : List.of("source", "target");
  }

  @Override
  public boolean readsEveryColumn(Settings data) {
    return FrameSettings.asks(data);
  }

  @Override
  public Job prepare(Settings settings, DataSet<Row> rows, Seed seed) {
    if (FrameSettings.asks(settings.section("data"))) {
      return FrameTranslateJob.of(settings, rows, seed);
    }
    var config = TranslateConfig.of(settings);
    var vocabularies = settings.section("tokens");
    if (config.network().shared() && !config.vocabularies().joint()) {
      throw vocabularies.wrong(
          "joint", "expected true where model.shared is, got false; set one of them to the other");
    }
    boolean streams = settings.section("data").as(DataSettings.class).stream();
    var examples = rows.map(config::example);
    var held = streams ? examples : examples.inMemory();
    var reader =
        PairReader.learn(config, held.train(), texts -> Tokenizer.learn(vocabularies, texts));
    var loss = settings.section("loss");
    var plan =
        new TranslateJob.Plan(
            loss.as(TranslateJob.Loss.class),
            Teacher.of(loss),
            settings.section("training").as(TrainingSettings.class),
            streams);
    return new TranslateJob(reader, plan, held, seed);
  }

  @Override
  public Predictor<?, ?> load(ModelDirectory directory, Settings settings) {
    return FrameSettings.asks(settings.section("data"))
        ? FrameTranslator.load(directory, settings)
        : Translator.load(directory, settings);
  }
}
