package sequor.kernels;

import java.util.ArrayList;

/// How two inputs are read side by side: the sizes of the result's axes, and how far each input
/// moves along each of them (0 where it is repeated). Neighbouring axes that move alike are merged,
/// so equal shapes become one axis.
public record Broadcast(int[] dims, int[] aStrides, int[] bStrides) {

  /// Lines up the shapes `a` and `b` at their last axes, as NumPy does; each pair of sizes must be
  /// equal or have a 1 (the caller has checked).
  public static Broadcast of(int[] a, int[] b) {
    int rank = Math.max(a.length, b.length);
    var axes = new ArrayList<int[]>(); // size, stride in a, stride in b; last axis first
    int aStep = 1;
    int bStep = 1;
    for (int i = 1; i <= rank; i++) {
      int aDim = i <= a.length ? a[a.length - i] : 1;
      int bDim = i <= b.length ? b[b.length - i] : 1;
      int dim = aDim == 1 ? bDim : aDim;
      int aStride = aDim == 1 ? 0 : aStep;
      int bStride = bDim == 1 ? 0 : bStep;
      aStep *= aDim;
      bStep *= bDim;
      if (dim == 1) {
        continue;
      }
      if (!axes.isEmpty()) {
        int[] inner = axes.getLast();
        if (aStride == inner[1] * inner[0] && bStride == inner[2] * inner[0]) {
          inner[0] *= dim;
          continue;
        }
      }
      axes.add(new int[] {dim, aStride, bStride});
    }
    return of(axes);
  }

  private static Broadcast of(ArrayList<int[]> axes) {
    int rank = axes.size();
    var size = new Broadcast(new int[rank], new int[rank], new int[rank]);
    for (int i = 0; i < rank; i++) {
      int[] axis = axes.get(rank - 1 - i);
      size.dims[i] = axis[0];
      size.aStrides[i] = axis[1];
      size.bStrides[i] = axis[2];
    }
    return size;
  }

  /// How many numbers the result has.
  public int size() {
    int size = 1;
    for (int dim : dims) {
      size *= dim;
    }
    return size;
  }
}
