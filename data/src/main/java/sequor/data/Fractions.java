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
