package sequor.text;

import java.util.Arrays;

/// The ids of one text, and the targets: what a model should say about it.
///
/// Targets are of one of three kinds: none, one for the whole sequence (a class), or one a step
/// (the next token, a tag). The arrays given are the sequence's own from then on.
public final class Sequence {
  /// How many targets there are.
  public enum Targets {
    NONE,
    /// One a sequence.
    SEQUENCE,
    /// One a step.
    STEP
  }

  private final int[] ids;
  private final int[] targets;
  private final Targets kind;

  private Sequence(int[] ids, int[] targets, Targets kind) {
    this.ids = ids;
    this.targets = targets;
    this.kind = kind;
  }

  /// Nothing to say about it.
  public static Sequence of(int... ids) {
    return new Sequence(ids, new int[0], Targets.NONE);
  }

  /// One label for all of it.
  public static Sequence labelled(int[] ids, int label) {
    return new Sequence(ids, new int[] {label}, Targets.SEQUENCE);
  }

  /// One tag a step.
  ///
  /// @throws TextException when there are not as many tags as ids
  public static Sequence tagged(int[] ids, int[] tags) {
    if (ids.length != tags.length) {
      throw new TextException(
          "sequence: %d ids and %d tags — every id needs one tag"
              .formatted(ids.length, tags.length));
    }
    return new Sequence(ids, tags, Targets.STEP);
  }

  /// The pair a language model learns from: `<bos> a b c` to read and `a b c <eos>` to say.
  public static Sequence nextToken(int... ids) {
    int[] read = new int[ids.length + 1];
    read[0] = Vocabulary.BOS;
    System.arraycopy(ids, 0, read, 1, ids.length);
    int[] say = Arrays.copyOf(ids, ids.length + 1);
    say[ids.length] = Vocabulary.EOS;
    return new Sequence(read, say, Targets.STEP);
  }

  public int length() {
    return ids.length;
  }

  /// The ids, not a copy.
  public int[] ids() {
    return ids;
  }

  /// The targets, not a copy: none, one, or one a step.
  public int[] targets() {
    return targets;
  }

  public Targets kind() {
    return kind;
  }

  /// The first `steps` of it.
  Sequence cut(int steps) {
    if (steps >= ids.length) {
      return this;
    }
    int[] rest = kind == Targets.STEP ? Arrays.copyOf(targets, steps) : targets;
    return new Sequence(Arrays.copyOf(ids, steps), rest, kind);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sequence that
        && kind == that.kind
        && Arrays.equals(ids, that.ids)
        && Arrays.equals(targets, that.targets);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(ids) + Arrays.hashCode(targets);
  }

  @Override
  public String toString() {
    return Arrays.toString(ids) + " → " + Arrays.toString(targets);
  }
}
