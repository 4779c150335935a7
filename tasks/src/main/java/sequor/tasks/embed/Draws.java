package sequor.tasks.embed;

/// Random numbers that follow from a key and a place, so that they are the same whichever thread
/// asks for them (SplitMix64).
final class Draws {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  /// Begins anew.
  ///
  /// @param key of a stretch of text
  /// @param place in it
  Draws at(long key, long place) {
    state = mix(key + place * GOLDEN);
    return this;
  }

  long next() {
    state += GOLDEN;
    return mix(state);
  }

  /// From 0 to below 1.
  float share() {
    return (next() >>> 40) * 0x1p-24f;
  }

  /// From 0 to below `bound`.
  int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
