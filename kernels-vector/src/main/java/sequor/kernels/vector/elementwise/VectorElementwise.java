package sequor.kernels.vector.elementwise;

import static sequor.kernels.vector.simd.Lanes.L;

import java.util.Arrays;
import sequor.kernels.Binary;
import sequor.kernels.Broadcast;
import sequor.kernels.Elementwise;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.Kernels;
import sequor.kernels.Parallel;
import sequor.kernels.Unary;
import sequor.kernels.vector.simd.Lanes;

/// One number in, one number out: cut into ranges of whole vectors, which [UnaryLoops] and its
/// sisters compute. Plain loops are left to the JIT.
public final class VectorElementwise implements Elementwise {
  private static final int GRAIN = 1 << 14;

  @Override
  public void unary(Unary f, Floats x, Floats y, int n) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    int whole = Lanes.whole(n);
    Parallel.ranges(whole, GRAIN, (from, to) -> UnaryLoops.run(f, xs, ys, from, to));
    if (whole < n) {
      // The rest, in arrays of one whole vector.
      float[] rest = Arrays.copyOfRange(xs, whole, whole + L);
      UnaryLoops.run(f, rest, rest, 0, L);
      System.arraycopy(rest, 0, ys, whole, n - whole);
    }
  }

  @Override
  public void unaryBackward(Unary f, Floats x, Floats y, Floats dy, Floats dx, int n) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    float[] dys = HeapFloats.of(dy);
    float[] dxs = HeapFloats.of(dx);
    int whole = Lanes.whole(n);
    Parallel.ranges(
        whole, GRAIN, (from, to) -> UnaryGradientLoops.run(f, xs, ys, dys, dxs, from, to));
    if (whole < n) {
      float[] rest = Arrays.copyOfRange(dxs, whole, whole + L);
      UnaryGradientLoops.run(
          f,
          Arrays.copyOfRange(xs, whole, whole + L),
          Arrays.copyOfRange(ys, whole, whole + L),
          Arrays.copyOfRange(dys, whole, whole + L),
          rest,
          0,
          L);
      System.arraycopy(rest, 0, dxs, whole, n - whole);
    }
  }

  @Override
  public void binary(Binary f, Floats a, Floats b, Floats y, Broadcast size) {
    float[] as = HeapFloats.of(a);
    float[] bs = HeapFloats.of(b);
    float[] ys = HeapFloats.of(y);
    int rank = size.dims().length;
    if (rank == 1 && size.aStrides()[0] == 1 && size.bStrides()[0] == 1) {
      Parallel.ranges(
          size.dims()[0],
          GRAIN,
          (from, to) -> BinaryLoops.run(f, as, from, bs, from, ys, from, to - from));
      return;
    }
    int inner = rank == 0 ? 1 : size.dims()[rank - 1];
    if (inner < L) {
      Kernels.scalar().elementwise().binary(f, a, b, y, size);
      return;
    }
    // Long rows are cut into pieces, of which each is a task; short ones are put together.
    int pieces = Math.ceilDiv(inner, GRAIN);
    Parallel.ranges(
        size.size() / inner * pieces,
        Math.max(1, GRAIN / inner),
        (from, to) -> BroadcastLoops.run(f, as, bs, ys, size, GRAIN, from, to));
  }

  @Override
  public void affine(Floats x, Floats y, float scale, float shift, int n) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    Parallel.ranges(
        n,
        GRAIN,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            ys[i] = scale * xs[i] + shift;
          }
        });
  }

  @Override
  public void addScaled(Floats x, Floats y, float scale, int n) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    Parallel.ranges(
        n,
        GRAIN,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            ys[i] += scale * xs[i];
          }
        });
  }

  @Override
  public void addProduct(Floats a, Floats b, Floats y, int n) {
    float[] as = HeapFloats.of(a);
    float[] bs = HeapFloats.of(b);
    float[] ys = HeapFloats.of(y);
    Parallel.ranges(
        n,
        GRAIN,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            ys[i] += as[i] * bs[i];
          }
        });
  }

  @Override
  public void clamp(Floats x, Floats y, float low, float high, int n) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    Parallel.ranges(
        n,
        GRAIN,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            ys[i] = Math.min(Math.max(xs[i], low), high);
          }
        });
  }

  @Override
  public void where(Floats mask, Floats a, Floats b, Floats y, int n) {
    float[] masks = HeapFloats.of(mask);
    float[] as = HeapFloats.of(a);
    float[] bs = HeapFloats.of(b);
    float[] ys = HeapFloats.of(y);
    Parallel.ranges(
        n,
        GRAIN,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            ys[i] = masks[i] != 0 ? as[i] : bs[i];
          }
        });
  }

  @Override
  public void fill(Floats x, float value, int n) {
    Arrays.fill(HeapFloats.of(x), 0, n, value);
  }

  @Override
  public void dropout(Floats x, Floats y, Dropout mask) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    Parallel.ranges(mask.n(), GRAIN, (from, to) -> DropoutLoops.forward(xs, ys, mask, from, to));
  }

  @Override
  public void dropoutBackward(Floats dy, Floats dx, Dropout mask) {
    float[] dys = HeapFloats.of(dy);
    float[] dxs = HeapFloats.of(dx);
    Parallel.ranges(mask.n(), GRAIN, (from, to) -> DropoutLoops.backward(dys, dxs, mask, from, to));
  }
}
