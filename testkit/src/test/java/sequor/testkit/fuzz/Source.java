package sequor.testkit.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import sequor.tensor.Shape;
import sequor.tensor.Tensor;
import sequor.testkit.Generators;

/// Numbers that a program starts with, drawn by a seed so that they can be printed in one line.
record Source(Kind kind, long seed, Shape shape, List<Float> given) {

  /// How they are drawn.
  enum Kind {
    NORMAL("tensor(%s)"),
    POSITIVE("tensorBetween(0.5f, 2, %s)"),
    AWAY("tensorAwayFromZero(%s)"),
    APART("tensorWithoutTies(%s)"),
    SMALL("tensorBetween(-0.4f, 0.4f, %s)"),
    COINS("tensorAwayFromZero(%s).greaterThan(0)"),
    ONES(""),
    ZEROS(""),
    GIVEN("");

    private final String java;

    Kind(String java) {
      this.java = java;
    }
  }

  static Source of(Kind kind, long seed, Shape shape) {
    return new Source(kind, seed, shape, List.of());
  }

  static Source of(float[] values, Shape shape) {
    var given = new ArrayList<Float>();
    for (float value : values) {
      given.add(value);
    }
    return new Source(Kind.GIVEN, 0, shape, List.copyOf(given));
  }

  Tensor tensor() {
    var random = new Generators(seed);
    int[] dims = shape.dims();
    return switch (kind) {
      case NORMAL -> random.tensor(dims);
      case POSITIVE -> random.tensorBetween(0.5f, 2, dims);
      case AWAY -> random.tensorAwayFromZero(dims);
      case APART -> random.tensorWithoutTies(dims);
      case SMALL -> random.tensorBetween(-0.4f, 0.4f, dims);
      case COINS -> random.tensorAwayFromZero(dims).greaterThan(0);
      case ONES -> Tensor.ones(dims);
      case ZEROS -> Tensor.zeros(dims);
      case GIVEN -> Tensor.of(numbers(), shape);
    };
  }

  /// The numbers that were given.
  float[] numbers() {
    float[] numbers = new float[given.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = given.get(i);
    }
    return numbers;
  }

  String java() {
    var dims = dims(shape);
    return switch (kind) {
      case ONES -> "Tensor.ones(%s)".formatted(dims);
      case ZEROS -> "Tensor.zeros(%s)".formatted(dims);
      case GIVEN ->
          "Tensor.of(new float[] {%s}, Shape.of(%s))"
              .formatted(
                  given.stream().map(Source::number).collect(Collectors.joining(", ")), dims);
      default -> "new Generators(%dL).".formatted(seed) + call().formatted(dims);
    };
  }

  private String call() {
    return shape.rank() > 0 ? kind.java : kind.java.replace(", %s", "").replace("%s", "");
  }

  private static String number(float x) {
    return x == Math.rint(x) && Math.abs(x) < 1e6 ? String.valueOf((int) x) : x + "f";
  }

  static String dims(Shape shape) {
    return Arrays.stream(shape.dims()).mapToObj(String::valueOf).collect(Collectors.joining(", "));
  }
}
