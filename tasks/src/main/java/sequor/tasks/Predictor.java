package sequor.tasks;

import java.nio.file.Path;
import java.util.List;
import sequor.data.DataSet;
import sequor.data.Row;
import sequor.data.Source;
import sequor.json.JsonObject;
import sequor.nn.NnModule;
import sequor.store.ModelDirectory;

/// A trained model with all that is needed to use it. It is immutable and shared by threads, and
/// asks its networks within [sequor.tensor.Tape#inference], so that a tape which somebody left open
/// on the thread changes no answer.
///
/// Whoever knows the task has typed in- and outputs; the command line, a server and Spark use this
/// face alone.
///
/// @param <I> what it is asked
/// @param <O> what it says
public interface Predictor<I, O extends Answer> {
  /// What it says of each, in order.
  List<O> predict(List<I> inputs);

  /// What it says of one.
  default O predict(I input) {
    return predict(List.of(input)).getFirst();
  }

  /// What it reads of a text that somebody typed.
  ///
  /// @throws TaskException if it does not read texts
  I input(String text);

  /// A text that somebody may type, to show how.
  default String example() {
    return "a text";
  }

  /// What it reads of a row of a table.
  ///
  /// @throws sequor.data.DataException if the row lacks a column
  I input(Row row);

  /// The columns that it reads of a row.
  List<String> columns();

  /// What it says of the texts that somebody typed.
  default List<O> answerTexts(List<String> texts) {
    return predict(texts.stream().map(this::input).toList());
  }

  /// What it says of the rows of a table.
  default List<O> answerRows(List<Row> rows) {
    return predict(rows.stream().map(this::input).toList());
  }

  /// Whether it says something of each piece of what it reads ([Answer#pieces]), such as words.
  default boolean saysOfPieces() {
    return false;
  }

  /// How it does on rows that hold the right answers too.
  ///
  /// @throws sequor.data.DataException if a row lacks a column
  Evaluation evaluate(Source<Row> rows);

  /// How it does on the test part of its own data.
  default Evaluation evaluate(DataSet<Row> rows) {
    return evaluate(rows.test());
  }

  /// The network.
  NnModule network();

  /// What `config.json` says: task and settings.
  JsonObject config();

  /// What kind of model it is, by the hub's word for it, such as `text-classification`.
  String pipeline();

  /// Writes everything that a model directory needs of it, `config.json` last, so that a directory
  /// that has one is whole.
  ///
  /// @throws sequor.FileException if that fails
  void save(ModelDirectory directory);

  /// Writes a model directory.
  ///
  /// @throws sequor.FileException if that fails
  default void save(Path folder) {
    save(new ModelDirectory(folder));
  }

  /// How somebody would use it from Java, for the model card.
  String snippet(String path);
}
