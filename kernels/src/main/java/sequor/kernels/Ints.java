package sequor.kernels;

/// A flat run of int32 numbers (ids, lengths, positions), in the memory its kernels compute on.
public interface Ints {
  /// No numbers, for kernels of every kind: a result that is not required.
  Ints NONE = new HeapInts(new int[0]);

  /// How many numbers there are.
  int length();

  int get(int index);

  /// Copies the first `target.length` numbers into `target`.
  void read(int[] target);
}
