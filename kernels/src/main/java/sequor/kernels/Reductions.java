package sequor.kernels;

/// Many numbers in, one out.
public interface Reductions {
  /// `y` (outer,inner) = the sum of `x` (outer,length,inner) over the middle axis.
  void sum(Floats x, Floats y, Axis axis);

  /// `y` (outer,inner) = the largest of `x` (outer,length,inner) over the middle axis.
  void max(Floats x, Floats y, Axis axis);

  /// Where the largest stands along the middle axis, the first of equals: outer · inner places.
  int[] argmax(Floats x, Axis axis);

  /// The sum of the squares of `n` numbers, in double precision.
  double sumOfSquares(Floats x, int n);

  /// A buffer seen as (outer,length,inner), reduced over `length`.
  record Axis(int outer, int length, int inner) {
    /// Where the number at (o,l,i) lies.
    public int place(int o, int l, int i) {
      return (o * length + l) * inner + i;
    }
  }
}
