package sequor.tasks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sequor.data.Data;
import sequor.data.DataSet;
import sequor.data.Row;
import sequor.data.Source;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.settings.Settings;
import sequor.store.ModelDirectory;

/// Makes small models of today's format, and notes what they say, for every later release to load:
/// those of format 1 once more, with today's code.
///
/// ```
/// Freeze src/test/resources/sequor/tasks/frozen/1 src/test/resources/sequor/tasks/frozen/2
/// ```
///
/// A format that was released is never made again; a task that came later adds models to it, which
/// [#more] makes of nothing: `Freeze more src/test/resources/sequor/tasks/frozen/2`.
final class Freeze {
  /// What classifiers are asked.
  static final List<String> TEXTS =
      List.of("a fine film", "dull", "", "what a very very long and slow joke", "Ü 영화 <unk>");

  /// What generators are asked for, six times, from the seed 3.
  static final Generates.Request REQUEST = new Generates.Request("", "", 0.7, 0, 1, 12);

  /// A model to be made of nothing, of the rows in `more.csv`.
  ///
  /// @param settings as on the command line
  private record More(String name, String task, List<String> settings) {}

  private static final List<More> MORE =
      List.of(
          new More("regress-number", "regress", List.of("data.label=stars")),
          new More(
              "regress-levels",
              "regress",
              List.of("data.label=stars", "model.target=levels", "model.head_size=5")),
          new More(
              "multilabel-words",
              "multilabel",
              List.of("data.label=about", "model.threshold=fitted", "model.pooling=attention")),
          new More(
              "classify-pairs",
              "classify",
              List.of("data.label=same", "data.pair=other", "model.calibration=temperature")));

  private Freeze() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments[0].equals("more")) {
      for (var model : MORE) {
        more(model, Path.of(arguments[1]));
      }
      return;
    }
    var from = Path.of(arguments[0]);
    var to = Path.of(arguments[1]);
    Files.createDirectories(to);
    Files.copy(from.resolve("words.csv"), to.resolve("words.csv"));
    for (var model : models(from)) {
      freeze(model, to.resolve(model.getFileName()));
    }
  }

  /// The model directories in a folder.
  static List<Path> models(Path folder) throws IOException {
    try (var inside = Files.list(folder)) {
      return inside.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static void freeze(Path like, Path to) throws IOException {
    var old = new ModelDirectory(like);
    var task = Task.all().get(old.config().read().text("task"));
    var settings = settings(task, old);
    var rows = rows(settings, like.resolveSibling("words.csv"));
    var learning = Learning.of(settings);
    var job = (Job) task.prepare(settings, new DataSet<>(rows, rows, rows), learning.seed());
    learning.trainer(job).run(learning.settings().epochs());
    job.finish();
    job.predictor().save(new ModelDirectory(to));
    Files.write(to.resolve("expected.jsonl"), said(job.predictor()));
    Files.writeString(to.resolve("score.json"), score(job.predictor(), rows) + "\n");
  }

  private static void more(More model, Path folder) throws IOException {
    var overrides =
        new ArrayList<>(
            List.of(
                "data.text=text",
                "tokens.tokenizer=words",
                "tokens.max_length=6",
                "training.epochs=40",
                "training.patience=40",
                "training.learning_rate=0.02"));
    overrides.addAll(model.settings);
    var settings = Toy.settings(Task.all().get(model.task), overrides.toArray(String[]::new));
    var rows = rows(settings, folder.resolve("more.csv"));
    var trained =
        Toy.train(new DataSet<>(rows, rows, rows), model.task, overrides.toArray(String[]::new));
    var to = folder.resolve(model.name);
    var predictor = trained.job().predictor();
    predictor.save(new ModelDirectory(to));
    Files.write(to.resolve("expected.jsonl"), said(predictor));
    Files.writeString(to.resolve("score.json"), score(predictor, rows) + "\n");
  }

  /// What a model was made of and scored on.
  static Path rowsOf(Path model) {
    boolean more = MORE.stream().anyMatch(each -> model.endsWith(each.name));
    return model.resolveSibling(more ? "more.csv" : "words.csv");
  }

  private static Settings settings(Task task, ModelDirectory old) {
    var written = Models.settings(task, old).values();
    var training = written.object("training").with("epochs", 40).with("patience", 40);
    training = training.with("batch_size", 4).with("learning_rate", 0.02);
    return task.schema()
        .complete(written.with("training", training), path -> old.config().path() + "");
  }

  static Source<Row> rows(Settings settings, Path file) {
    return Source.of(Data.open(settings.section("data"), file).toList());
  }

  /// What a model says, line by line.
  static List<String> said(Predictor<?, ?> predictor) {
    var lines = new ArrayList<String>();
    if (predictor instanceof Generates generator) {
      generator
          .generate(REQUEST, 6, 3)
          .map(made -> Json.object().with("text", made.text()).with("label", made.label()))
          .forEach(line -> lines.add(line.toString()));
    } else {
      boolean pairs = predictor.columns().size() == 2;
      var texts =
          pairs
              ? TEXTS.stream().map(text -> TextReader.joined(text, "a fine film"))
              : TEXTS.stream();
      predictor.answerTexts(texts.toList()).forEach(answer -> lines.add(answer.json(9).toString()));
    }
    return lines;
  }

  static JsonObject score(Predictor<?, ?> predictor, Source<Row> rows) {
    var json = Json.object();
    for (var metric : predictor.evaluate(rows).metrics().entrySet()) {
      json = json.with("test." + metric.getKey(), metric.getValue());
    }
    return json;
  }
}
