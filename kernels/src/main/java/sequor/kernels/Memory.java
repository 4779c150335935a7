package sequor.kernels;

/// Where the buffers of a set of kernels come from.
public interface Memory {
  /// `length` zeros.
  Floats floats(int length);

  /// `length` ints, all 0, for kernels to write into.
  Ints ints(int length);

  /// A buffer that holds `values`; the array may be used as it is, so the caller gives it away.
  Ints ints(int[] values);
}
