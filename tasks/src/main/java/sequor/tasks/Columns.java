package sequor.tasks;

import sequor.models.Inputs;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;
import sequor.text.Batch;
import sequor.text.Column;
import sequor.text.Padding;

/// The columns of a batch as the engine takes them, for a job's loss or a loop of your own.
///
/// ```java
/// for (var batch : Batches.of(items).shuffled(random)) {
///   var logits = network.forward(Columns.inputs(batch));                  // (B,C)
///   var loss = logits.crossEntropy(Columns.ids(batch, "label"));          // targets (B)
/// }
/// ```
public final class Columns {
  private Columns() {}

  /// A column of ids. // (B) or (B,T)
  public static Ids ids(Batch batch, String name) {
    var column = batch.ids(name);
    return column.steps() == 0
        ? Ids.of(column.ids(), batch.size())
        : Ids.of(column.ids(), batch.size(), column.steps());
  }

  /// A column of numbers. // (B,D) or (B,T,D)
  public static Tensor numbers(Batch batch, String name) {
    var column = batch.numbers(name);
    return column.steps() == 0
        ? Tensor.of(column.values(), batch.size(), column.width())
        : Tensor.of(column.values(), batch.size(), column.steps(), column.width());
  }

  /// A column with some ids a step, a row for each step of each item. // (B·T,C)
  private static Ids ids(Column.Nested column) {
    return Ids.of(column.ids(), column.widths().length, column.width());
  }

  /// Which steps of a column are real.
  public static Spans spans(Batch batch, String name) {
    var column = batch.column(name);
    return batch.padding() == Padding.LEFT
        ? Spans.left(column.lengths(), column.steps())
        : Spans.right(column.lengths(), column.steps());
  }

  /// All sequences of the batch, as an encoder reads them; of one with some ids a step, each step
  /// is a row of its own.
  public static Inputs inputs(Batch batch) {
    var inputs = new Inputs();
    for (var name : batch.names()) {
      var column = batch.column(name);
      if (column.steps() == 0) {
        continue;
      }
      switch (column) {
        case Column.Ids _ -> inputs.and(name, ids(batch, name), spans(batch, name));
        case Column.Nested nested ->
            inputs.and(name, ids(nested), Spans.right(nested.widths(), nested.width()));
        case Column.Numbers _ -> inputs.and(name, numbers(batch, name), spans(batch, name));
      }
    }
    return inputs;
  }
}
