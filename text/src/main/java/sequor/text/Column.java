package sequor.text;

/// One column of a [Batch]: ids or numbers, one or a sequence of them for each item.
///
/// Letters: B items, T steps, D numbers a step, C ids a step. The arrays are the column's own: read
/// them, do not write to them.
@SuppressWarnings("ArrayRecordComponent") // nobody compares columns
public sealed interface Column {
  /// T, how long the longest sequence is, at least 1; 0 for a column with one value an item.
  int steps();

  /// How long the sequence of each item is (B); empty for a column with one value an item.
  int[] lengths();

  /// @param ids (B) or (B,T), one sequence after the other
  record Ids(int[] ids, int steps, int[] lengths) implements Column {}

  /// Some ids a step.
  ///
  /// @param ids (B·T,C), one step after the other
  /// @param width C, how many the longest step has, at least 1
  /// @param widths how many each step has (B·T); 0 where a step is padding
  record Nested(int[] ids, int steps, int width, int[] lengths, int[] widths) implements Column {}

  /// @param values (B), (B,D) or (B,T,D)
  /// @param width D
  record Numbers(float[] values, int steps, int width, int[] lengths) implements Column {}
}
