package sequor.text;

/// Where the pads of a batch stand.
public enum Padding {
  /// Before the ids: `<pad> <pad> a b`.
  LEFT,
  /// After the ids: `a b <pad> <pad>`.
  RIGHT
}
