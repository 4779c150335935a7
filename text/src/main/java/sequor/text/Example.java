package sequor.text;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/// A text and what a model should say about it.
///
/// @param label empty where there is nothing to say, as for a language model
public record Example(String text, String label) {
  public Example {
    requireNonNull(text);
    requireNonNull(label);
  }

  /// Makes examples of rows: the text and the label stand in these columns. A text may be empty, a
  /// label may not.
  public static Function<Row, Example> columns(String text, String label) {
    return row -> {
      if (row.field(label).isEmpty()) {
        throw new TextException(
            "%s: column \"%s\" is empty — every row needs a label; remove the row or fill it in"
                .formatted(row.place(), label));
      }
      return new Example(row.field(text), row.field(label));
    };
  }

  /// Makes examples without labels of rows: the text stands in this column.
  public static Function<Row, Example> column(String text) {
    return row -> new Example(row.field(text), "");
  }
}
