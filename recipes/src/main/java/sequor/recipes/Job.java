package sequor.recipes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sequor.store.ModelDirectory;
import sequor.text.Batch;
import sequor.text.DataFinder;
import sequor.text.Example;
import sequor.train.ConfusionMatrix;
import sequor.train.Task;

/// One training: the data read, the model built, ready to learn.
interface Job extends Task<Batch> {
  /// How a model did on a part of the data.
  ///
  /// @param confusion of a classifier
  record Score(Map<String, Double> metrics, Optional<ConfusionMatrix> confusion) {}

  /// Reads the data that a recipe names and builds its model.
  ///
  /// @throws RecipeException if the recipe or the data make no sense
  static Job prepare(Recipe recipe, DataFinder finder) throws IOException {
    var settings = recipe.settings();
    var data = Data.load(settings.section("data"), finder);
    return recipe.task().equals(Classifier.TASK)
        ? new Classification(settings, data)
        : new LanguageModelling(settings, data);
  }

  /// The metrics by which [#evaluate] can tell a better epoch.
  List<String> metrics();

  /// What learns, with all that is needed to use it.
  Trained trained();

  Data data();

  /// What a simple method gets on the same test split.
  Floor floor();

  /// How the model does on the test split.
  Score test();

  /// Writes the words and labels, and whatever else of the model is no weight.
  void writeVocabulary(ModelDirectory directory) throws IOException;

  /// The data that a model was trained on.
  static Data data(Trained trained, DataFinder finder) throws IOException {
    return Data.load(dataSettings(trained), finder);
  }

  /// How a trained model does on all examples of a file.
  static Score evaluate(Trained trained, Path file) throws IOException {
    return evaluate(trained, Data.examples(dataSettings(trained), file), file.toString());
  }

  /// @param where the examples are, in a reader's words
  static Score evaluate(Trained trained, List<Example> examples, String where) {
    var settings = dataSettings(trained);
    return switch (trained) {
      case Classifier classifier -> {
        Data.requireLabels(settings, classifier.labels(), examples, where);
        yield Classification.score(classifier, examples);
      }
      case Generator generator -> {
        generator.labels().ifPresent(known -> Data.requireLabels(settings, known, examples, where));
        yield LanguageModelling.score(generator, examples);
      }
    };
  }

  private static Settings dataSettings(Trained trained) {
    return Settings.of(trained.config(), path -> "config.json").section("data");
  }
}
