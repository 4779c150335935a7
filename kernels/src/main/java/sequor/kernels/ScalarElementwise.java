package sequor.kernels;

import java.util.Arrays;

/// One number in, one number out, one at a time.
final class ScalarElementwise implements Elementwise {
  @Override
  public void unary(Unary f, Floats x, Floats y, int n) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    for (int i = 0; i < n; i++) {
      ys[i] = f.of(xs[i]);
    }
  }

  @Override
  public void unaryBackward(Unary f, Floats x, Floats y, Floats dy, Floats dx, int n) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    float[] dys = HeapFloats.of(dy);
    float[] dxs = HeapFloats.of(dx);
    for (int i = 0; i < n; i++) {
      dxs[i] += dys[i] * f.slope(xs[i], ys[i]);
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
      ys[i] = f.of(as[ai], bs[bi]);
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
}
