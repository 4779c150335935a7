package sequor.kernels.vector.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import sequor.kernels.KernelsException;

/// The width of this machine's vectors, and the one order in which their lanes are added up.
public final class Lanes {
  /// The system property that forces a width in bits: 128, 256 or 512.
  public static final String PROPERTY = "sequor.vector.bits";

  public static final VectorSpecies<Float> S = species(Integer.getInteger(PROPERTY, 0));

  /// Ints in as many lanes.
  public static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, S.vectorShape());

  /// How many lanes there are.
  public static final int L = S.length();

  /// How many vector registers the machine can be trusted to have.
  public static final int REGISTERS =
      L >= 16 || System.getProperty("os.arch").equals("aarch64") ? 32 : 16;

  private Lanes() {}

  /// The sum of the `L` numbers from `at` on, which it uses up: the upper half is added to the
  /// lower until one number is left. The JDK's own reduction of a vector adds in an order that may
  /// change when the code is compiled; and a vector passed here, after a loop, would become an
  /// object.
  public static float sum(float[] lanes, int at) {
    for (int half = L / 2; half > 0; half /= 2) {
      for (int i = at; i < at + half; i++) {
        lanes[i] += lanes[i + half];
      }
    }
    return lanes[at];
  }

  /// The first `left` lanes, or all.
  public static VectorMask<Float> first(int left) {
    return S.indexInRange(0, left);
  }

  /// The largest multiple of the lane count that is not above `n`.
  public static int whole(int n) {
    return n & -L;
  }

  private static VectorSpecies<Float> species(int bits) {
    return switch (bits) {
      case 0 -> FloatVector.SPECIES_PREFERRED;
      case 128, 256, 512 -> VectorSpecies.of(float.class, VectorShape.forBitSize(bits));
      default ->
          throw new KernelsException(
              "%s must be 128, 256 or 512, got %d".formatted(PROPERTY, bits));
    };
  }
}
