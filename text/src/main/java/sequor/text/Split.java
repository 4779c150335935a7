package sequor.text;

/// The three parts of a data set.
public enum Split {
  /// Learned from.
  TRAIN,
  /// Looked at while learning, to know when to stop.
  VALID,
  /// Looked at once, at the end.
  TEST;

  /// The split that people write so, in capital or small letters: `train`; `valid`, `val`, `dev`;
  /// `test`.
  ///
  /// @throws TextException when nobody does
  public static Split of(String name) {
    return switch (Normal.lowerCase(name.strip())) {
      case "train", "training" -> TRAIN;
      case "valid", "val", "validation", "dev", "development" -> VALID;
      case "test", "testing" -> TEST;
      default ->
          throw new TextException("split \"" + name + "\" — write train, valid (val, dev) or test");
    };
  }
}
