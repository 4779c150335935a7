package sequor.tensor;

import sequor.kernels.Floats;

/// The numbers of a tensor and of its views, and how often they were changed in place: what a tape
/// saved for its backward pass is only right while the version is the one that it saved.
final class Storage {
  private final Floats data;
  private int version;
  private String changedBy = "";
  private long cutOn; // the number of the tape that could not follow a change

  Storage(Floats data) {
    this.data = data;
  }

  Floats data() {
    return data;
  }

  /// How often the numbers were changed in place.
  int version() {
    return version;
  }

  /// What changed them last.
  String changedBy() {
    return changedBy;
  }

  /// Notes that a tape saw the numbers replaced while it was recording, and cannot follow: neither
  /// does a gradient flow to what stood there, nor to what stands there now.
  void cut(long tape) {
    cutOn = tape;
  }

  /// Whether that happened on this tape.
  boolean isCutOn(long tape) {
    return cutOn == tape;
  }

  /// Notes that something is changing them in place.
  void changing(String by) {
    version++;
    changedBy = by;
  }
}
