package sequor.kernels;

/// Floats in an ordinary Java array; what the scalar and the vector kernels compute on.
public record HeapFloats(float[] array) implements Floats {
  /// The array behind `floats`.
  ///
  /// @throws KernelsException if `floats` lives in some other kernels' memory
  public static float[] of(Floats floats) {
    if (floats instanceof HeapFloats(float[] array)) {
      return array;
    }
    throw new KernelsException(
        "these kernels compute on Java arrays, got a %s; allocate it with the same Kernels"
            .formatted(floats.getClass().getName()));
  }

  @Override
  public int length() {
    return array.length;
  }

  @Override
  public float get(int index) {
    return array[index];
  }

  @Override
  public void set(int index, float value) {
    array[index] = value;
  }

  @Override
  public void read(float[] target) {
    read(0, target, target.length);
  }

  @Override
  public void read(int from, float[] target, int count) {
    System.arraycopy(array, from, target, 0, count);
  }

  @Override
  public void write(float[] source) {
    System.arraycopy(source, 0, array, 0, source.length);
  }
}
