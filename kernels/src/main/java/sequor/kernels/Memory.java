package sequor.kernels;

/// Where the buffers of a set of kernels come from.
public interface Memory {
  /// `length` zeros.
  Floats floats(int length);

  /// Takes back a buffer that nobody will use again. Java arrays are left to the garbage collector;
  /// memory that it does not see is freed here.
  default void release(Floats buffer) {}

  /// `length` ints, all 0, for kernels to write into.
  Ints ints(int length);

  /// A buffer that holds `values`; the array may be used as it is, so the caller gives it away.
  Ints ints(int[] values);
}
