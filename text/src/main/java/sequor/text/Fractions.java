package sequor.text;

/// How large the parts of a data set are; together they are 1.
///
/// ```java
/// new Fractions(0.8, 0.1, 0.1)
/// ```
public record Fractions(double train, double valid, double test) {
  public Fractions {
    boolean whole = Math.abs(train + valid + test - 1) < 1e-9;
    if (!whole || !(train > 0 && valid >= 0 && test >= 0)) {
      throw new TextException(
          ("fractions: train %s, valid %s, test %s — none may be negative, train must be more than"
                  + " 0, and together they must be 1")
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
}
