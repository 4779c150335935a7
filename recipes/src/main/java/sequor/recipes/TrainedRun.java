package sequor.recipes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sequor.data.Data;
import sequor.data.DataFinder;
import sequor.data.Row;
import sequor.data.Sentence;
import sequor.data.Source;
import sequor.json.JsonObject;
import sequor.settings.Settings;
import sequor.store.ModelDirectory;
import sequor.tasks.Answer;
import sequor.tasks.Evaluation;
import sequor.tasks.ModelConfig;
import sequor.tasks.Models;
import sequor.tasks.Predictor;
import sequor.tasks.Task;

/// A run that has its model, or a model without its run.
///
/// @param path the run, or the model
/// @param settings those that the model was made with
public record TrainedRun(
    Path path, ModelDirectory directory, Predictor<?, ?> predictor, Task task, Settings settings) {

  /// Loads the model.
  ///
  /// @throws sequor.tasks.TaskException if there is none, or it is of another format
  public static TrainedRun load(Path path) {
    var directory = Models.directory(path);
    var task = Models.task(directory);
    var settings = Models.settings(task, directory);
    return new TrainedRun(path, directory, task.load(directory, settings), task, settings);
  }

  /// The same with another predictor of its model, such as one that searches otherwise.
  public TrainedRun with(Predictor<?, ?> other) {
    return new TrainedRun(path, directory, other, task, settings);
  }

  /// The rows of a file, read as those that the model was trained on.
  public Source<Row> rows(Path file) {
    return Data.open(settings.section("data"), file);
  }

  /// The sentences of a file that holds a token a line, for a model that says something of each;
  /// none of another file, or for another model.
  public Optional<Source<Sentence>> sentences(Path file) {
    return predictor.saysOfPieces()
        ? Data.sentences(settings.section("data"), file)
        : Optional.empty();
  }

  /// The lines of a sentence with what the model says of its tokens, in the column that it has
  /// learned.
  public List<String> written(Sentence sentence, Answer answer) {
    String column = settings.section("data").text("label");
    return sentence.with(column, answer.pieces().stream().map(Answer.Piece::said).toList());
  }

  /// How the model does on a file of examples, or on the test split of its own data.
  ///
  /// @param file empty for the test split
  /// @throws RecipeException if the run's own data are not those it was trained on: drawn anew from
  ///   others, a test split would hold what the model has learned
  public Evaluation evaluate(Optional<Path> file, DataFinder finder) throws IOException {
    var section = settings.section("data");
    if (file.isPresent()) {
      var columns = Run.columns(task, settings);
      return predictor.evaluate(rows(file.get()).map(row -> checked(row, columns, file.get())));
    }
    requireData(section.text("file"));
    var data = Run.data(task, section, finder);
    if (!isTrainedOn(data)) {
      throw new RecipeException(
          "%s: expected the examples that it was trained on, got others in %s, whose test split may"
                  .formatted(path, data.origin().name())
              + " hold what it has learned; bring the old ones back, or score it on a file of others"
              + " (--data FILE)");
    }
    return predictor.evaluate(data.rows());
  }

  /// A run may have been moved away from its data.
  private void requireData(String file) {
    if (!file.isEmpty() && !Data.exists(file)) {
      throw new RecipeException(
          "%s: expected the data that it was trained on, got no file %s in %s; go to the folder that it"
                  .formatted(path, file, Path.of("").toAbsolutePath())
              + " was trained from, or score it on a file (--data FILE)");
    }
  }

  private static Row checked(Row row, List<String> columns, Path file) {
    for (var column : columns) {
      if (!row.has(column)) {
        throw new RecipeException(
            "%s: expected a column '%s', which the model was trained on, got %s; rename yours"
                .formatted(file, column, String.join(", ", row.columns())));
      }
    }
    return row;
  }

  /// By its examples, or, of a model without its run, by the file that they came from.
  private boolean isTrainedOn(Data data) throws IOException {
    var fingerprint = Resumption.fingerprint(path);
    boolean ours = ModelConfig.version(directory.config().read()) == ModelConfig.FORMAT;
    if (ours && Files.isRegularFile(fingerprint)) {
      return Files.readString(fingerprint).equals(Run.fingerprint(data, task, settings));
    }
    var report = directory.report();
    return !report.exists() || sha256(report.read()).equals(data.origin().sha256());
  }

  private static String sha256(JsonObject report) {
    return report.object("data").text("sha256");
  }
}
