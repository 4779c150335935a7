package sequor.kernels;

/// Many numbers in, one out; and what needs all numbers of an axis: their order, their running sum.
///
/// NaN counts as the largest number, as in PyTorch; 0 and −0 are equal.
public interface Reductions {
  /// A sum of more numbers than this is cut into chunks of as many, each is summed from 0, and the
  /// sums are added in order: one float that adds up ones would stop at 2²⁴.
  int CHUNK = 1 << 15;

  /// `y` (outer,inner) = the sum of `x` (outer,length,inner) over the middle axis.
  void sum(Floats x, Floats y, Axis axis);

  /// `y` (outer,inner) = the largest of `x` (outer,length,inner) over the middle axis, NaN if any
  /// is NaN.
  void max(Floats x, Floats y, Axis axis);

  /// `places` (outer,inner) = where the largest stands along the middle axis, the first of equals.
  void argmax(Floats x, Ints places, Axis axis);

  /// `places` (outer,k,inner) = where the `k` largest stand along the middle axis, or with
  /// `largest` false the `k` smallest, in order and with the first of equals first.
  void topK(Floats x, Ints places, Axis axis, int k, boolean largest);

  /// Each number of `y` = the sum of all numbers of `x` up to its place on the middle axis, in
  /// double precision.
  void cumsum(Floats x, Floats y, Axis axis);

  /// `dx` += the sum of all of `dy` from its place on.
  void cumsumBackward(Floats dy, Floats dx, Axis axis);

  /// The sum of the squares of `n` numbers, in double precision.
  double sumOfSquares(Floats x, int n);

  /// A buffer seen as (outer,length,inner), reduced over `length`.
  record Axis(int outer, int length, int inner) {
    /// Where the number at (o,l,i) lies.
    public int place(int o, int l, int i) {
      return (o * length + l) * inner + i;
    }

    /// How many numbers there are when the axis is gone.
    public int results() {
      return outer * inner;
    }
  }
}
