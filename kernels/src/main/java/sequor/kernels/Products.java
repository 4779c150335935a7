package sequor.kernels;

import java.util.List;

/// Matrix products.
///
/// A row of a result has the same bits whether it is computed alone or among others: what a server
/// answers does not depend on who else asked.
public interface Products {
  /// `c = a · b`, or `c += a · b` where the size says `add`, for each matrix of the batch.
  void matmul(Floats a, Floats b, Floats c, Size size);

  /// The same for matrices that stand anywhere, and of which some take part in many products, as
  /// where a batch is broadcast; the size's `batch` does not count.
  void matmul(Floats a, Floats b, Floats c, Size size, Places places);

  /// Which matrices each product reads, and where it goes: number `i` multiplies matrix `a[i]` with
  /// matrix `b[i]` into matrix `c[i]`. Those that go to the same place stand one after the other,
  /// and are added up in this order; where the size does not say `add`, the first one overwrites.
  record Places(int[] a, int[] b, int[] c) {
    /// How many products there are.
    public int count() {
      return c.length;
    }
  }

  /// Several products, none of which reads what another writes. Those that add into the same place
  /// do so in order.
  default void matmuls(List<Matmul> products) {
    products.forEach(each -> matmul(each.a, each.b, each.c, each.size));
  }

  /// What [#matmul] is to compute.
  record Matmul(Floats a, Floats b, Floats c, Size size) {}

  /// `y = bias + x · weightᵀ`, or `y += bias + x · weightᵀ` where the size says `add`, for `rows`
  /// rows: `x` (rows,in), `weight` (out,in), `bias` (out), or of length 0 for none, `y` (rows,out).
  void linear(Floats x, Floats weight, Floats bias, Floats y, Linear size);

  /// The sizes of a linear layer.
  record Linear(int rows, int in, int out, boolean add) {

    /// One that overwrites.
    public static Linear of(int rows, int in, int out) {
      return new Linear(rows, in, out, false);
    }

    /// The same, adding into `y`.
    public Linear adding() {
      return new Linear(rows, in, out, true);
    }
  }

  /// `batch` products of `op(a)` (m,k) and `op(b)` (k,n) into `c` (m,n).
  ///
  /// A transposed `a` lies in memory as (k,m), a transposed `b` as (n,k). The matrices of a batch
  /// lie one after the other.
  record Size(int batch, int m, int k, int n, boolean transposeA, boolean transposeB, boolean add) {

    /// One product `a · b` that overwrites.
    public static Size of(int m, int k, int n) {
      return new Size(1, m, k, n, false, false, false);
    }

    /// The same with `a` given transposed, as (k,m).
    public Size transposingA() {
      return new Size(batch, m, k, n, true, transposeB, add);
    }

    /// The same with `b` given transposed, as (n,k).
    public Size transposingB() {
      return new Size(batch, m, k, n, transposeA, true, add);
    }

    /// The same, adding into `c`.
    public Size adding() {
      return new Size(batch, m, k, n, transposeA, transposeB, true);
    }

    /// The same, `batch` times.
    public Size times(int batch) {
      return new Size(batch, m, k, n, transposeA, transposeB, add);
    }
  }
}
