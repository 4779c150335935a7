package sequor.kernels;

/// A set of kernels on the module or class path, found by [java.util.ServiceLoader].
public interface KernelsProvider {
  /// The name users give to force it, for example `vector`.
  String name();

  /// The provider with the highest priority is bound; the scalar kernels have 0.
  int priority();

  /// The kernels, or an error whose message says what the machine or the command line lacks.
  ///
  /// @throws UnsupportedOperationException if they cannot run here
  Kernels kernels();
}
