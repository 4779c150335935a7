package sequor.kernels;

/// Short names for buffers in tests.
final class Buffers {
  private Buffers() {}

  static HeapFloats floats(float... values) {
    return new HeapFloats(values);
  }

  static HeapFloats zeros(int length) {
    return new HeapFloats(new float[length]);
  }

  static HeapInts ints(int... values) {
    return new HeapInts(values);
  }

  static HeapFloats none() {
    return new HeapFloats(new float[0]);
  }
}
