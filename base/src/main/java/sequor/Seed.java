package sequor;

import java.util.random.RandomGenerator;

/// A number from which all randomness of a run follows.
///
/// A seed is never used up: [#child] names a seed of its own for each purpose and each turn, so
/// that no draw depends on how many were drawn elsewhere, or on which thread, and a run that
/// resumes at step 100 draws what it would have drawn.
///
/// ```java
/// var shuffle = seed.child("shuffle").child(epoch).generator();
/// ```
///
/// Numbers come from SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number
/// Generators", 2014).
///
/// @param value any number
public record Seed(long value) {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /// The seed for one purpose.
  public Seed child(String purpose) {
    long hash = value;
    for (int i = 0; i < purpose.length(); i++) {
      hash = mix(hash + GOLDEN + purpose.charAt(i));
    }
    return new Seed(mix(hash + GOLDEN));
  }

  /// The seed for one turn: an epoch, a step, a row.
  public Seed child(long turn) {
    return new Seed(mix(mix(value + GOLDEN) ^ mix(turn * GOLDEN + 1)));
  }

  /// A new generator that starts at this seed.
  public RandomGenerator generator() {
    return new SplitMix(value);
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static final class SplitMix implements RandomGenerator {
    private long state;

    SplitMix(long state) {
      this.state = state;
    }

    @Override
    public long nextLong() {
      state += GOLDEN;
      return mix(state);
    }
  }
}
