package sequor.kernels;

/// A flat run of float32 numbers, in whatever memory its kernels compute on.
///
/// Element access is for tests and small reads; numbers in bulk move with [#read] and [#write].
public interface Floats {
  /// No numbers, for kernels of every kind: a result or a gradient that is not required.
  Floats NONE = new HeapFloats(new float[0]);

  /// How many numbers there are.
  int length();

  float get(int index);

  void set(int index, float value);

  /// Copies the first `target.length` numbers into `target`.
  void read(float[] target);

  /// Copies `count` numbers, from the one at `from` on, to the start of `target`.
  void read(int from, float[] target, int count);

  /// Overwrites the first `source.length` numbers.
  void write(float[] source);
}
