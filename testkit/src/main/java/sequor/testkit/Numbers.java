package sequor.testkit;

import java.util.StringJoiner;
import sequor.tensor.Shape;

/// Small helpers over flat numbers.
final class Numbers {
  private Numbers() {}

  /// The largest absolute value among the finite ones, or 0.
  static double largest(float[] numbers) {
    double largest = 0;
    for (float number : numbers) {
      if (Float.isFinite(number)) {
        largest = Math.max(largest, Math.abs(number));
      }
    }
    return largest;
  }

  /// A place in row-major order as an index such as `[1,2]`.
  static String place(Shape shape, int flat) {
    int[] index = new int[shape.rank()];
    for (int axis = shape.rank() - 1, rest = flat; axis >= 0; axis--) {
      index[axis] = rest % shape.dim(axis);
      rest /= shape.dim(axis);
    }
    var text = new StringJoiner(",", "[", "]");
    for (int i : index) {
      text.add(String.valueOf(i));
    }
    return text.toString();
  }
}
