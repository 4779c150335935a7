package sequor.kernels;

/// A flat run of int32 numbers (ids, lengths, positions), in the memory its kernels compute on.
public interface Ints {
  /// How many numbers there are.
  int length();

  int get(int index);
}
