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
/// A format that was released is never made again.
final class Freeze {
  /// What classifiers are asked.
  static final List<String> TEXTS =
      List.of("a fine film", "dull", "", "what a very very long and slow joke", "Ü 영화 <unk>");

  /// What generators are asked for, six times, from the seed 3.
  static final Generates.Request REQUEST = new Generates.Request("", "", 0.7, 0, 1, 12);

  private Freeze() {}

  public static void main(String[] arguments) throws IOException {
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
      predictor.answerTexts(TEXTS).forEach(answer -> lines.add(answer.json(9).toString()));
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
