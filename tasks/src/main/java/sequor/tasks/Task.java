package sequor.tasks;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.Row;
import sequor.settings.Choices;
import sequor.settings.Named;
import sequor.settings.Schema;
import sequor.settings.Settings;
import sequor.store.ModelDirectory;

/// A kind of thing that models are trained for. Recipes choose it as `task`; one of your own is a
/// service: a public class with a public constructor without arguments, and a line `provides
/// sequor.tasks.Task with …` (or a file in `META-INF/services`).
public interface Task extends Named {
  /// All that can be set: sections `data` ([sequor.data.DataSettings#section], with keys for the
  /// columns that the task reads), `training` ([TrainingSettings], or at least the keys of
  /// [LearningKeys]), and the task's own.
  Schema schema();

  /// The keys of `data` that name the columns that are read; a column with an empty name is not.
  ///
  /// @param data the section
  List<String> columns(Settings data);

  /// Whether it reads columns that no key names, such as every column that holds numbers.
  ///
  /// @param data the section
  default boolean readsEveryColumn(Settings data) {
    return false;
  }

  /// The key of `data` that names the column of which each part of a split at random gets the same
  /// share of every value.
  default Optional<String> stratified() {
    return Optional.empty();
  }

  /// Makes a model that has learned nothing yet, and what it needs to learn.
  ///
  /// @throws sequor.settings.SettingsException if the settings and the rows do not fit together
  Training prepare(Settings settings, DataSet<Row> rows, Seed seed);

  /// Loads what a training's predictor saved.
  ///
  /// @param settings those of `config.json`
  Predictor<?, ?> load(ModelDirectory directory, Settings settings);

  /// All there are.
  static Choices<Task> all() {
    return Choices.of("task", ServiceLoader.load(Task.class));
  }
}
