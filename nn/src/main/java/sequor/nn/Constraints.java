package sequor.nn;

import java.util.Arrays;
import sequor.tensor.Tensor;

/// Which tags may follow which, begin a sequence and end one.
public final class Constraints {
  private final boolean[][] transitions;
  private final boolean[] starts;
  private final boolean[] ends;

  private Constraints(boolean[][] transitions, boolean[] starts, boolean[] ends) {
    this.transitions = transitions;
    this.starts = starts;
    this.ends = ends;
  }

  /// Any tag may begin a sequence, and any may end it.
  ///
  /// @param transitions (N,N) whether the tag of a column may follow the tag of a row
  public static Constraints of(boolean[][] transitions) {
    boolean[] all = new boolean[transitions.length];
    Arrays.fill(all, true);
    return of(transitions, all, all);
  }

  /// @param transitions (N,N) whether the tag of a column may follow the tag of a row
  /// @param starts (N) whether a sequence may begin with a tag
  /// @param ends (N) whether it may end with one
  public static Constraints of(boolean[][] transitions, boolean[] starts, boolean[] ends) {
    int tags = transitions.length;
    boolean square = Arrays.stream(transitions).allMatch(row -> row.length == tags);
    if (!square || starts.length != tags || ends.length != tags) {
      throw new NnException(
          "constraints: expected (N,N), (N) and (N), got %s, (%d) and (%d); give each tag its place"
              .formatted(
                  square ? "(%d,%d)".formatted(tags, tags) : tags + " rows of other lengths",
                  starts.length,
                  ends.length));
    }
    var rows = Arrays.stream(transitions).map(boolean[]::clone).toArray(boolean[][]::new);
    return new Constraints(rows, starts.clone(), ends.clone());
  }

  /// N.
  public int tags() {
    return starts.length;
  }

  /// Whether `to` may follow `from`.
  ///
  /// @throws IndexOutOfBoundsException if there is no such tag
  public boolean allows(int from, int to) {
    return transitions[from][to];
  }

  /// Whether a sequence may begin with a tag.
  public boolean allowsStart(int tag) {
    return starts[tag];
  }

  /// Whether a sequence may end with a tag.
  public boolean allowsEnd(int tag) {
    return ends[tag];
  }

  /// Whether a whole sequence of tags is allowed; one without tags is.
  public boolean allows(int[] path) {
    boolean allowed = path.length == 0 || (starts[path[0]] && ends[path[path.length - 1]]);
    for (int t = 1; t < path.length && allowed; t++) {
      allowed = transitions[path[t - 1]][path[t]];
    }
    return allowed;
  }

  /// The same scores, −∞ where a transition is forbidden. // (N,N)
  Tensor ofTransitions(Tensor scores) {
    int tags = tags();
    boolean[] flat = new boolean[tags * tags];
    for (int from = 0; from < tags; from++) {
      System.arraycopy(transitions[from], 0, flat, from * tags, tags);
    }
    return only(scores, flat);
  }

  /// The same scores, −∞ where a sequence may not begin. // (N)
  Tensor ofStart(Tensor scores) {
    return only(scores, starts);
  }

  /// The same scores, −∞ where a sequence may not end. // (N)
  Tensor ofEnd(Tensor scores) {
    return only(scores, ends);
  }

  private static Tensor only(Tensor scores, boolean[] allowed) {
    float[] mask = new float[allowed.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = allowed[i] ? 1 : 0;
    }
    return scores.where(Tensor.of(mask, scores.shape()), Tensor.full(Float.NEGATIVE_INFINITY));
  }
}
