package sequor.kernels;

/// One number in, one number out. Outputs may be the same buffer as an input of the same size.
public interface Elementwise {
  /// `y = f(x)`.
  void unary(Unary f, Floats x, Floats y, int n);

  /// `dx += dy · f'`, given both `x` and `y = f(x)`.
  void unaryBackward(Unary f, Floats x, Floats y, Floats dy, Floats dx, int n);

  /// `y = f(a, b)` with broadcasting.
  void binary(Binary f, Floats a, Floats b, Floats y, Broadcast size);

  /// `y = scale · x + shift`.
  void affine(Floats x, Floats y, float scale, float shift, int n);

  /// `y += scale · x`.
  void addScaled(Floats x, Floats y, float scale, int n);

  /// `y += a · b`, number by number.
  void addProduct(Floats a, Floats b, Floats y, int n);

  /// `y = min(max(x, low), high)`.
  void clamp(Floats x, Floats y, float low, float high, int n);

  /// `y = mask ≠ 0 ? a : b`.
  void where(Floats mask, Floats a, Floats b, Floats y, int n);

  /// `x = value`.
  void fill(Floats x, float value, int n);

  /// `y = x / (1 - p)` where the mask keeps that place, else 0. The mask is a function of the seed
  /// and the place alone, so backward draws the same one again.
  void dropout(Floats x, Floats y, Dropout mask);

  /// `dx += dy / (1 - p)` where the mask keeps that place.
  void dropoutBackward(Floats dy, Floats dx, Dropout mask);

  /// A mask of `n` places, each dropped with probability `p` (0 to 1, exclusive of 1).
  record Dropout(int n, float p, long seed) {
    public static final int STEP = 0x9E3779B9;
    public static final int MIX1 = 0x85EBCA6B;
    public static final int MIX2 = 0xC2B2AE35;

    /// Whether place `i` is kept: both halves of the seed are mixed into the place by MurmurHash3's
    /// finalizer, and the upper 24 bits compared with `p`.
    public boolean keeps(int i) {
      int hash = mix(mix(i * STEP + (int) seed) ^ (int) (seed >>> 32));
      return (hash >>> 8) >= threshold();
    }

    /// What is kept is multiplied by this, `1 / (1 - p)`, so that the mean stays.
    public float scale() {
      return 1 / (1 - p);
    }

    /// `p` as a share of 2²⁴.
    public int threshold() {
      return (int) (p * 0x1p24f);
    }

    private static int mix(int h) {
      h = (h ^ (h >>> 16)) * MIX1;
      h = (h ^ (h >>> 13)) * MIX2;
      return h ^ (h >>> 16);
    }
  }
}
