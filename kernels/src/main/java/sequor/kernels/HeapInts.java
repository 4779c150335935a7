package sequor.kernels;

/// Ints in an ordinary Java array; what the scalar and the vector kernels compute on.
public record HeapInts(int[] array) implements Ints {
  /// The array behind `ints`.
  ///
  /// @throws KernelsException if `ints` lives in some other kernels' memory
  public static int[] of(Ints ints) {
    if (ints instanceof HeapInts(int[] array)) {
      return array;
    }
    throw new KernelsException(
        "these kernels compute on Java arrays, got a %s; allocate it with the same Kernels"
            .formatted(ints.getClass().getName()));
  }

  @Override
  public int length() {
    return array.length;
  }

  @Override
  public int get(int index) {
    return array[index];
  }

  @Override
  public void read(int[] target) {
    System.arraycopy(array, 0, target, 0, target.length);
  }
}
