package sequor.benchmarks.peers;

/// One who can do the work of the rows. Each has a public constructor that takes the number of
/// threads and sets it for the whole process.
public interface Contestant {
  /// What computes, with its version.
  String version();

  /// Takes the weights and the batch from a [sequor.speed.Draw] and returns one step, ready to be
  /// run again and again.
  ///
  /// @throws Unable if it has no way to say this
  Step prepare(Work work);

  /// There is no way to do the work with this contestant; the message says why.
  final class Unable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Unable(String message) {
      super(message);
    }
  }
}
