package sequor.tasks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import sequor.FileException;
import sequor.settings.Settings;
import sequor.store.ModelDirectory;
import sequor.store.RunDirectory;

/// Loads models, whatever their task.
///
/// ```java
/// Predictor<?, ?> predictor = Models.load(Path.of("runs/names"));
/// predictor.answerTexts(List.of("Kowalski")).getFirst().json(3);
/// ```
public final class Models {
  private Models() {}

  /// Loads a run's model, or a model directory itself.
  ///
  /// @throws TaskException if there is none, or it is of another format
  public static Predictor<?, ?> load(Path runOrModel) {
    var directory = directory(runOrModel);
    var task = task(directory);
    return task.load(directory, settings(task, directory));
  }

  /// What a model is for.
  ///
  /// @throws TaskException if it is of another format
  public static Task task(ModelDirectory directory) {
    return Task.all().get(ModelConfig.read(directory).text("task"));
  }

  /// The settings that a model was made with.
  public static Settings settings(Task task, ModelDirectory directory) {
    return ModelConfig.settings(task, ModelConfig.read(directory), directory);
  }

  /// Loads a model of a task, with its types: `Models.load(path, Classifier.class)`.
  ///
  /// @throws TaskException if there is none, or it is of another task
  public static <P extends Predictor<?, ?>> P load(Path runOrModel, Class<P> type) {
    var predictor = load(runOrModel);
    if (!type.isInstance(predictor)) {
      throw new TaskException(
          "%s: expected a %s, got a %s; load it as that"
              .formatted(runOrModel, type.getSimpleName(), predictor.getClass().getSimpleName()));
    }
    return type.cast(predictor);
  }

  /// Loads a model of a task from the class path, as a jar that is built with its model does:
  /// `Models.load(Main.class, "/models/reviews", Classifier.class)`.
  ///
  /// @param anchor whose class path it is; a folder without a slash before it is looked for beside
  ///   it
  /// @throws TaskException if there is none, or it is of another task
  public static <P extends Predictor<?, ?>> P load(Class<?> anchor, String folder, Class<P> type) {
    try {
      var copy = Files.createTempDirectory("sequor-model");
      try {
        for (var name : ModelDirectory.FILES) {
          try (var in = anchor.getResourceAsStream(folder + "/" + name)) {
            if (in != null) {
              Files.copy(in, copy.resolve(name));
            }
          }
        }
        if (!Files.exists(new ModelDirectory(copy).config().path())) {
          throw new TaskException(
              "%s: expected a model in the class path of %s, with its config.json, got none; is it packed into the jar?"
                  .formatted(folder, anchor.getSimpleName()));
        }
        return load(copy, type);
      } finally {
        delete(copy);
      }
    } catch (IOException e) {
      throw FileException.unreadable(Path.of(folder), e);
    }
  }

  private static void delete(Path folder) throws IOException {
    for (var name : ModelDirectory.FILES) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.delete(folder);
  }

  /// Where the model of a run, or the model itself, lies.
  ///
  /// @throws TaskException if there is none
  public static ModelDirectory directory(Path runOrModel) {
    for (var place : List.of(runOrModel.resolve("model"), runOrModel)) {
      if (Files.isRegularFile(place.resolve("config.json"))) {
        return new ModelDirectory(place);
      }
    }
    if (Files.isDirectory(runOrModel.resolve("model"))) {
      throw new TaskException(
          "%s: expected config.json beside the weights, got a model folder without it; copy the whole"
                  .formatted(runOrModel.resolve("model"))
              + " folder again, or train the model anew");
    }
    if (Files.isRegularFile(new RunDirectory(runOrModel).recipe())) {
      throw new TaskException(
          "%s: expected a trained run, got one that is not finished; go on with it (sequor train"
                  .formatted(runOrModel)
              + " RECIPE --resume)");
    }
    throw new TaskException(
        "%s: expected a run or a model, got no config.json there; sequor runs lists the runs, and"
                .formatted(runOrModel)
            + " sequor train makes one");
  }
}
