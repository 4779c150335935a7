package sequor.text;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Objects;
import java.util.RandomAccess;

/// One long text as batches for a language model, for backpropagation through time cut off after T
/// steps.
///
/// The text is cut into B streams of equal length that are read side by side, T steps a window; the
/// targets are the ids one step on. Row b of a window goes on where row b of the window before it
/// stopped, so a model carries its state from window to window, and starts anew at the first.
///
/// ```java
/// // a b c d e f g in 2 streams of windows of 2 steps
/// Windows.of(ids, 2, 2);   // (a b, d e) → (b c, e f);  (c, f) → (d, g)
/// ```
///
/// What is read is the column `text`, what is to be said `next`. The last window may be shorter; up
/// to B − 1 ids at the end of the text are left out. Each window is made when it is asked for.
public final class Windows extends AbstractList<Batch> implements RandomAccess {
  private final int[] ids;
  private final int streams;
  private final int steps;
  private final int length; // of a stream

  private Windows(int[] ids, int streams, int steps) {
    this.ids = ids;
    this.streams = streams;
    this.steps = steps;
    this.length = (ids.length - 1) / streams;
  }

  /// The windows of a text.
  ///
  /// @param ids the text, not copied
  /// @param streams B, how many places of the text are read side by side
  /// @param steps T, how long a window is
  /// @throws TextException when the text is too short for that many streams
  public static Windows of(int[] ids, int streams, int steps) {
    if (streams < 1 || steps < 1) {
      throw new TextException(
          "windows: expected streams and steps from 1, got %d streams of %d steps; take more"
              .formatted(streams, steps));
    }
    if (ids.length <= streams) {
      throw new TextException(
          ("windows: expected more ids than streams, since a stream needs one to read and one to"
                  + " say, got %d in %d; use fewer streams or more text")
              .formatted(ids.length, streams));
    }
    return new Windows(ids, streams, steps);
  }

  @Override
  public int size() {
    return Math.ceilDiv(length, steps);
  }

  @Override
  public Batch get(int index) {
    int start = Objects.checkIndex(index, size()) * steps;
    int end = Math.min(length, start + steps);
    var rows = new ArrayList<Item>();
    for (int b = 0; b < streams; b++) {
      int from = b * length;
      rows.add(
          new Item()
              .ids("text", Arrays.copyOfRange(ids, from + start, from + end), 0)
              .targets("next", Arrays.copyOfRange(ids, from + start + 1, from + end + 1)));
    }
    return Batch.of(rows, Padding.RIGHT);
  }
}
