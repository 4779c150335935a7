package sequor.testkit.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.DoublePredicate;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sequor.tensor.Ids;
import sequor.tensor.Shape;
import sequor.tensor.Spans;
import sequor.testkit.fuzz.Step.Phase;

/// A program that is being drawn: what there is already, worked out as far as it goes, and the
/// dice.
final class Draw {
  /// Sizes around the widths of vector registers and the blocks of the kernels.
  private static final int[] AWKWARD = {7, 8, 9, 15, 16, 17, 31, 33};

  private final RandomGenerator random;
  private final Model model;
  private final List<Step> steps = new ArrayList<>();
  private final long coin;
  private final int largest;
  private final int most;
  private Phase phase = Phase.ON_TAPE;
  private int variables;

  /// @param largest the largest dim that is drawn
  /// @param most the most numbers of a tensor
  Draw(RandomGenerator random, Model model, int largest, int most) {
    this.random = random;
    this.model = model;
    this.largest = largest;
    this.most = most;
    coin = random.nextLong(1000);
  }

  // Dice

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /// A whole number from `low` to `high`, both included.
  int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  @SafeVarargs
  final <T> T oneOf(T... things) {
    return things[random.nextInt(things.length)];
  }

  <T> T oneOf(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }

  int among(int... numbers) {
    return numbers[random.nextInt(numbers.length)];
  }

  /// A number with one digit after the point, from −3 to 3.
  float number() {
    return between(-30, 30) / 10f;
  }

  /// Mostly small, sometimes awkward, seldom 0.
  int dim() {
    return dim(3);
  }

  /// The same; 0 in so many of a hundred.
  int dim(int zeros) {
    if (chance(zeros)) {
      return 0;
    }
    return Math.min(largest, chance(20) ? among(AWKWARD) : between(1, 5));
  }

  /// A dim of a product or a recurrent layer: 1 or more.
  int width() {
    return Math.min(largest, chance(40) ? among(AWKWARD) : between(1, 6));
  }

  Shape shape(int lowestRank, int highestRank) {
    while (true) {
      int[] dims = IntStream.range(0, between(lowestRank, highestRank)).map(_ -> dim()).toArray();
      if (Shape.of(dims).size() <= most) {
        return Shape.of(dims);
      }
    }
  }

  /// An axis, counted from the front or from the end.
  int axis(Shape shape) {
    return between(-shape.rank(), shape.rank() - 1);
  }

  Ids ids(int count, int... dims) {
    var shape = Shape.of(dims);
    return Ids.of(random.ints(shape.size(), 0, count).toArray(), shape);
  }

  /// Full, padded on the left, on the right, on both sides, with empty rows or with nothing else.
  Spans spans(int batch, int steps) {
    int kind = between(0, 4);
    int[] starts = new int[batch];
    int[] ends = new int[batch];
    for (int row = 0; row < batch; row++) {
      starts[row] = kind == 0 || kind == 1 || kind == 4 ? 0 : between(0, steps);
      ends[row] = kind == 0 || kind == 2 ? steps : kind == 4 ? 0 : between(starts[row], steps);
    }
    return Spans.of(starts, ends, steps);
  }

  static String java(Ids ids) {
    return "Ids.of(new int[] {%s}, Shape.of(%s))"
        .formatted(joined(ids.toArray()), Source.dims(ids.shape()));
  }

  static String java(Spans spans) {
    return "Spans.of(new int[] {%s}, new int[] {%s}, %d)"
        .formatted(
            joined(IntStream.range(0, spans.batch()).map(spans::start).toArray()),
            joined(IntStream.range(0, spans.batch()).map(spans::end).toArray()),
            spans.steps());
  }

  static String joined(int... numbers) {
    return Arrays.stream(numbers).mapToObj(String::valueOf).collect(Collectors.joining(", "));
  }

  // Variables

  /// A new leaf; three of four ask for a gradient.
  int leaf(Source.Kind kind, int... dims) {
    return leaf(kind, chance(75), dims);
  }

  int leaf(Source.Kind kind, boolean requiresGrad, int... dims) {
    var source = Source.of(kind, random.nextLong(100_000), Shape.of(dims));
    return add(new Step.Leaf(phase, variables, source, requiresGrad));
  }

  Source source(Source.Kind kind, Shape shape) {
    return Source.of(kind, random.nextLong(100_000), shape);
  }

  /// Some tensor of up to three axes.
  int tensor() {
    return tensor(_ -> true, 0, 3);
  }

  /// Some tensor of this many axes.
  int tensor(int lowestRank, int highestRank) {
    return tensor(_ -> true, lowestRank, highestRank);
  }

  /// Some tensor of that kind: one that is there already, or a new leaf.
  int tensor(Predicate<Shape> fits, int lowestRank, int highestRank) {
    return existing(
            i ->
                shape(i).rank() >= lowestRank
                    && shape(i).rank() <= highestRank
                    && fits.test(shape(i)))
        .orElseGet(
            () -> {
              while (true) {
                var shape = shape(lowestRank, highestRank);
                if (fits.test(shape)) {
                  return leaf(Source.Kind.NORMAL, shape.dims());
                }
              }
            });
  }

  /// Some tensor all of whose numbers fit, or a new leaf whose numbers do.
  int tensorOf(DoublePredicate fits, Source.Kind otherwise) {
    return existing(i -> Arrays.stream(model.values(i)).allMatch(fits))
        .orElseGet(() -> leaf(otherwise, shape(0, 3).dims()));
  }

  /// Some tensor of this shape, or a new leaf.
  int like(Source.Kind kind, int... dims) {
    var shape = Shape.of(dims);
    return existing(i -> shape(i).equals(shape)).orElseGet(() -> leaf(kind, dims));
  }

  /// In four of five cases a variable that fits, the newest ones rather than others.
  OptionalInt existing(IntPredicate fits) {
    if (chance(20)) {
      return OptionalInt.empty();
    }
    int[] fitting = model.variables().stream().mapToInt(i -> i).filter(fits).toArray();
    if (fitting.length == 0) {
      return OptionalInt.empty();
    }
    int from = chance(60) ? Math.max(0, fitting.length - 3) : 0;
    return OptionalInt.of(fitting[between(from, fitting.length - 1)]);
  }

  Shape shape(int variable) {
    return model.shape(variable);
  }

  double[] values(int variable) {
    return model.values(variable);
  }

  Model model() {
    return model;
  }

  long coin() {
    return coin;
  }

  Phase phase() {
    return phase;
  }

  void phase(Phase next) {
    phase = next;
  }

  /// The most numbers of a tensor.
  int most() {
    return most;
  }

  // Steps

  int add(Step step) {
    model.step(step);
    steps.add(step);
    variables = Math.max(variables, step.out() + step.makes());
    return step.out();
  }

  int add(Call call) {
    return add(new Step.Compute(phase, variables, call));
  }

  /// The next variable.
  int next() {
    return variables;
  }

  List<Step> steps() {
    return steps;
  }

  /// Runs `drawing`, and takes back what it added if it says that it came to nothing.
  boolean attempt(BooleanSupplier drawing) {
    var mark = model.mark();
    int size = steps.size();
    int next = variables;
    if (drawing.getAsBoolean()) {
      return true;
    }
    model.cut(mark);
    steps.subList(size, steps.size()).clear();
    variables = next;
    return false;
  }
}
