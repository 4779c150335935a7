package sequor.kernels;

/// Ordinary Java arrays: zeroed when made, freed by the garbage collector.
final class HeapMemory implements Memory {
  @Override
  public Floats floats(int length) {
    return length == 0 ? Floats.NONE : new HeapFloats(new float[length]);
  }

  @Override
  public Ints ints(int length) {
    return length == 0 ? Ints.NONE : new HeapInts(new int[length]);
  }

  @Override
  public Ints ints(int[] values) {
    return new HeapInts(values);
  }
}
