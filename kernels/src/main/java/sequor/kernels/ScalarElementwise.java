package sequor.kernels;

import java.util.Arrays;

/// One number in, one number out, one at a time.
final class ScalarElementwise implements Elementwise {
  @Override
  public void unary(Unary f, Floats x, Floats y, int n) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    for (int i = 0; i < n; i++) {
      ys[i] = apply(f, xs[i]);
    }
  }

  @Override
  public void unaryBackward(Unary f, Floats x, Floats y, Floats dy, Floats dx, int n) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    float[] dys = HeapFloats.of(dy);
    float[] dxs = HeapFloats.of(dx);
    for (int i = 0; i < n; i++) {
      dxs[i] += dys[i] * derivative(f, xs[i], ys[i]);
    }
  }

  @Override
  public void binary(Binary f, Floats a, Floats b, Floats y, Broadcast size) {
    float[] as = HeapFloats.of(a);
    float[] bs = HeapFloats.of(b);
    float[] ys = HeapFloats.of(y);
    int[] dims = size.dims();
    int rank = dims.length;
    int n = size.size();
    int[] place = new int[rank]; // counts through the result like an odometer
    int ai = 0;
    int bi = 0;
    for (int i = 0; i < n; i++) {
      ys[i] = apply(f, as[ai], bs[bi]);
      for (int axis = rank - 1; axis >= 0; axis--) {
        ai += size.aStrides()[axis];
        bi += size.bStrides()[axis];
        if (++place[axis] < dims[axis]) {
          break;
        }
        place[axis] = 0;
        ai -= dims[axis] * size.aStrides()[axis];
        bi -= dims[axis] * size.bStrides()[axis];
      }
    }
  }

  @Override
  public void affine(Floats x, Floats y, float scale, float shift, int n) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    for (int i = 0; i < n; i++) {
      ys[i] = scale * xs[i] + shift;
    }
  }

  @Override
  public void addScaled(Floats x, Floats y, float scale, int n) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    for (int i = 0; i < n; i++) {
      ys[i] += scale * xs[i];
    }
  }

  @Override
  public void addProduct(Floats a, Floats b, Floats y, int n) {
    float[] as = HeapFloats.of(a);
    float[] bs = HeapFloats.of(b);
    float[] ys = HeapFloats.of(y);
    for (int i = 0; i < n; i++) {
      ys[i] += as[i] * bs[i];
    }
  }

  @Override
  public void clamp(Floats x, Floats y, float low, float high, int n) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    for (int i = 0; i < n; i++) {
      ys[i] = Math.min(Math.max(xs[i], low), high);
    }
  }

  @Override
  public void where(Floats mask, Floats a, Floats b, Floats y, int n) {
    float[] masks = HeapFloats.of(mask);
    float[] as = HeapFloats.of(a);
    float[] bs = HeapFloats.of(b);
    float[] ys = HeapFloats.of(y);
    for (int i = 0; i < n; i++) {
      ys[i] = masks[i] != 0 ? as[i] : bs[i];
    }
  }

  @Override
  public void fill(Floats x, float value, int n) {
    Arrays.fill(HeapFloats.of(x), 0, n, value);
  }

  @Override
  public void dropout(Floats x, Floats y, Dropout mask) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    float scale = mask.scale();
    for (int i = 0; i < mask.n(); i++) {
      ys[i] = mask.keeps(i) ? xs[i] * scale : 0;
    }
  }

  @Override
  public void dropoutBackward(Floats dy, Floats dx, Dropout mask) {
    float[] dys = HeapFloats.of(dy);
    float[] dxs = HeapFloats.of(dx);
    float scale = mask.scale();
    for (int i = 0; i < mask.n(); i++) {
      if (mask.keeps(i)) {
        dxs[i] += dys[i] * scale;
      }
    }
  }

  private static float apply(Unary f, float x) {
    return switch (f) {
      case NEGATE -> -x;
      case ABS -> Math.abs(x);
      case SQUARE -> x * x;
      case SQRT -> (float) Math.sqrt(x);
      case RECIPROCAL -> 1 / x;
      case EXP -> FloatMath.exp(x);
      case LOG -> FloatMath.log(x);
      case SIGMOID -> FloatMath.sigmoid(x);
      case TANH -> FloatMath.tanh(x);
      case RELU -> Math.max(x, 0);
      case LEAKY_RELU -> x > 0 ? x : 0.01f * x;
      case ELU -> x > 0 ? x : FloatMath.expm1(x);
      case SOFTPLUS -> FloatMath.softplus(x);
      case SILU -> x * FloatMath.sigmoid(x);
      case GELU -> x * FloatMath.normalCdf(x);
    };
  }

  private static float derivative(Unary f, float x, float y) {
    return switch (f) {
      case NEGATE -> -1;
      case ABS -> Math.signum(x);
      case SQUARE -> 2 * x;
      case SQRT -> 0.5f / y;
      case RECIPROCAL -> -y * y;
      case EXP -> y;
      case LOG -> 1 / x;
      case SIGMOID -> y * (1 - y);
      case TANH -> 1 - y * y;
      case RELU -> x > 0 ? 1 : 0;
      case LEAKY_RELU -> x > 0 ? 1 : 0.01f;
      case ELU -> x > 0 ? 1 : y + 1;
      case SOFTPLUS -> FloatMath.sigmoid(x);
      case SILU -> {
        float s = FloatMath.sigmoid(x);
        yield s * (1 + x * (1 - s));
      }
      case GELU -> FloatMath.normalCdf(x) + x * FloatMath.normalDensity(x);
    };
  }

  private static float apply(Binary f, float a, float b) {
    return switch (f) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MAXIMUM -> Math.max(a, b);
      case MINIMUM -> Math.min(a, b);
      case EQUAL -> a == b ? 1 : 0;
      case LESS -> a < b ? 1 : 0;
      case GREATER -> a > b ? 1 : 0;
    };
  }
}
