package sequor.kernels;

/// One complete set of kernels, family by family.
///
/// [#best] is the set that the whole program computes with, bound once: the vector kernels where
/// they are on the module path, otherwise the scalar ones with one warning that names the missing
/// flag. The system property `sequor.kernels` (for example `scalar`) forces a set by its name.
///
/// @param name `scalar`, `vector`, …
/// @param lanes how many numbers one instruction works on
public record Kernels(
    String name,
    int lanes,
    Memory memory,
    Products products,
    Elementwise elementwise,
    Reductions reductions,
    Rows rows,
    Copies copies,
    Recurrences recurrences,
    Scans scans,
    Chains chains,
    Convolutions convolutions,
    Attentions attentions,
    Embeddings embeddings,
    Updates updates,
    Probe probe) {

  /// The kernels this program computes with.
  public static Kernels best() {
    return KernelsBinding.BEST;
  }

  /// The plain Java kernels: the readable truth that the others are compared with.
  public static Kernels scalar() {
    return KernelsBinding.SCALAR;
  }
}
