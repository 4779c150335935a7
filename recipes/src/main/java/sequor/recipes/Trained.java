package sequor.recipes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import sequor.json.JsonObject;
import sequor.nn.NnModule;
import sequor.store.ModelDirectory;
import sequor.store.RunDirectory;
import sequor.text.Codec;

/// A model with all that is needed to use it: its words, its labels and its weights. It is
/// immutable and can be shared by threads.
///
/// ```java
/// if (Trained.load(Path.of("runs/names")) instanceof Classifier classifier) {
///   classifier.predict("Kowalski").label();
/// }
/// ```
public sealed interface Trained permits Classifier, Generator {
  /// The task it was trained for.
  String task();

  /// How its text becomes ids.
  Codec codec();

  /// The network.
  NnModule network();

  /// Loads a run's model, or a model directory itself.
  ///
  /// @throws RecipeException if there is none, or it is of another format
  static Trained load(Path runOrModel) throws IOException {
    var directory = directory(runOrModel);
    var config = ModelConfig.read(directory);
    return switch (config.text("task", List.of(Classifier.TASK, Generator.TASK))) {
      case Classifier.TASK -> Classifier.load(directory, config);
      default -> Generator.load(directory, config);
    };
  }

  /// Where the model of a run, or the model itself, lies.
  static ModelDirectory directory(Path runOrModel) {
    for (var place : List.of(runOrModel.resolve("model"), runOrModel)) {
      if (Files.isRegularFile(place.resolve("config.json"))) {
        return new ModelDirectory(place);
      }
    }
    if (Files.isRegularFile(new RunDirectory(runOrModel).recipe())) {
      throw new RecipeException(
          "%s: expected a trained run, found one that is not finished; go on with it (sequor train"
                  .formatted(runOrModel)
              + " RECIPE --resume)");
    }
    throw new RecipeException(
        "%s: expected a run or a model, found no config.json there; sequor runs lists the runs,"
                .formatted(runOrModel)
            + " and sequor train makes one");
  }

  /// The settings it was made with, as in `config.json`.
  JsonObject config();
}
