package sequor.train;

/// How far a training is.
///
/// @param steps how many steps are done
/// @param epochs how many epochs are done
/// @param batches how many batches of the next epoch are done
/// @param lossSum the sum of their losses
public record Progress(long steps, int epochs, int batches, double lossSum) {
  static final Progress START = new Progress(0, 0, 0, 0);

  /// @param count how many batches the step was made of
  /// @param losses the sum of their losses
  Progress afterStep(int count, double losses) {
    return new Progress(steps + 1, epochs, batches + count, lossSum + losses);
  }

  Progress afterEpoch() {
    return new Progress(steps, epochs + 1, 0, 0);
  }

  /// The mean loss of the batches done in this epoch.
  double meanLoss() {
    return lossSum / batches;
  }
}
