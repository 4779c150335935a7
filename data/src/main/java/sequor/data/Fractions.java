package sequor.data;

/// How large the parts of a data set are; together they are 1.
///
/// ```java
/// new Fractions(0.8, 0.1, 0.1)
/// ```
public record Fractions(double train, double valid, double test) {
  public Fractions {
    boolean whole = Math.abs(train + valid + test - 1) < 1e-9;
    if (!whole || !(train > 0 && valid >= 0 && test >= 0)) {
      throw new DataException(
          ("fractions: expected shares that are 1 together, none negative and some to train, got"
                  + " train %s, valid %s, test %s; write 0.8, 0.1, 0.1 or the like")
              .formatted(train, valid, test));
    }
  }

  /// The shares of the others where a part is not taken from the whole.
  Fractions without(Split part) {
    double valid = part == Split.VALID ? 0 : this.valid;
    double test = part == Split.TEST ? 0 : this.test;
    double all = train + valid + test;
    return new Fractions(train / all, valid / all, test / all);
  }

  /// The part that place `i` of `count` falls into. Where a part ends is rounded, not how large it
  /// is, so that each is at most one away from its share.
  Split part(int i, int count) {
    if (i < Math.round(train * count)) {
      return Split.TRAIN;
    }
    return i < Math.round((train + valid) * count) ? Split.VALID : Split.TEST;
  }

  /// The part that a place from 0 to 1 falls into.
  Split part(double place) {
    if (place < train) {
      return Split.TRAIN;
    }
    return place < train + valid ? Split.VALID : Split.TEST;
  }
}
