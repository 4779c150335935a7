package sequor.text;

import java.util.Arrays;
import java.util.List;

/// Sequences side by side, filled up with pads to the length of the longest.
///
/// ```java
/// var batch = Batch.of(List.of(Sequence.of(5, 6, 7), Sequence.of(8)), Padding.RIGHT);
/// batch.ids();      // 5 6 7, 8 0 0
/// batch.lengths();  // 3, 1
/// ```
///
/// The arrays are the batch's own: read them, do not write to them. Letters: B batch, T steps.
public final class Batch {
  /// The target of a pad, as PyTorch's `ignore_index`: a loss passes over it.
  public static final int IGNORED = -100;

  private final int batch;
  private final int steps;
  private final int[] ids; // (B,T)
  private final int[] lengths; // (B)
  private final int[] targets; // (), (B) or (B,T)
  private final int[] rows; // (B)
  private final Sequence.Targets kind;
  private final Padding padding;

  private Batch(List<Sequence> sequences, int[] rows, Padding padding) {
    this.batch = sequences.size();
    // A batch of empty sequences still has a column, of pads: shapes without numbers help nobody.
    this.steps = Math.max(1, sequences.stream().mapToInt(Sequence::length).max().orElse(0));
    this.kind = batch == 0 ? Sequence.Targets.NONE : sequences.get(0).kind();
    this.padding = padding;
    this.rows = rows;
    this.ids = new int[Math.multiplyExact(batch, steps)]; // PAD is 0
    this.lengths = new int[batch];
    this.targets =
        new int
            [switch (kind) {
              case NONE -> 0;
              case SEQUENCE -> batch;
              case STEP -> batch * steps;
            }];
    if (kind == Sequence.Targets.STEP) {
      Arrays.fill(targets, IGNORED);
    }
    for (int b = 0; b < batch; b++) {
      put(b, sequences.get(b));
    }
  }

  private void put(int b, Sequence sequence) {
    if (sequence.kind() != kind) {
      throw new TextException(
          "batch: targets of kinds %s and %s — all sequences of a batch need the same kind"
              .formatted(kind, sequence.kind()));
    }
    int length = sequence.length();
    int start = b * steps + (padding == Padding.LEFT ? steps - length : 0);
    System.arraycopy(sequence.ids(), 0, ids, start, length);
    lengths[b] = length;
    switch (kind) {
      case NONE -> {}
      case SEQUENCE -> targets[b] = sequence.targets()[0];
      case STEP -> System.arraycopy(sequence.targets(), 0, targets, start, length);
    }
  }

  /// The batch of these sequences, in this order.
  ///
  /// @throws TextException when their targets are not of one kind
  public static Batch of(List<Sequence> sequences, Padding padding) {
    int[] rows = new int[sequences.size()];
    Arrays.setAll(rows, i -> i);
    return new Batch(sequences, rows, padding);
  }

  /// The batch of the sequences at `rows`, none of them longer than `maxSteps`.
  static Batch of(List<Sequence> all, int[] rows, int maxSteps, Padding padding) {
    List<Sequence> chosen =
        Arrays.stream(rows).mapToObj(row -> all.get(row).cut(maxSteps)).toList();
    return new Batch(chosen, rows, padding);
  }

  /// B, how many sequences there are.
  public int batch() {
    return batch;
  }

  /// T, how long the longest is; at least 1.
  public int steps() {
    return steps;
  }

  /// The ids (B,T), one sequence after the other; pads are [Vocabulary#PAD].
  public int[] ids() {
    return ids;
  }

  /// How long each sequence is (B); 0 for an empty one.
  public int[] lengths() {
    return lengths;
  }

  /// What to say, as [#kind] tells: nothing (), one target a sequence (B), or one a step (B,T),
  /// where pads have [#IGNORED].
  public int[] targets() {
    return targets;
  }

  public Sequence.Targets kind() {
    return kind;
  }

  public Padding padding() {
    return padding;
  }

  /// Where each sequence stood in the list the batch was made from (B), so that answers can be put
  /// into the order of the questions.
  public int[] rows() {
    return rows;
  }

  /// How many ids are no pads.
  public int tokens() {
    return Arrays.stream(lengths).sum();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Batch that
        && batch == that.batch
        && steps == that.steps
        && kind == that.kind
        && padding == that.padding
        && Arrays.equals(ids, that.ids)
        && Arrays.equals(lengths, that.lengths)
        && Arrays.equals(targets, that.targets)
        && Arrays.equals(rows, that.rows);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(ids) + Arrays.hashCode(targets);
  }

  @Override
  public String toString() {
    return "Batch {batch: %d, steps: %d, tokens: %d}".formatted(batch, steps, tokens());
  }
}
