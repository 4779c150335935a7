package sequor.testkit.fuzz;

import static sequor.testkit.fuzz.Needs.RESULT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import sequor.kernels.Unary;
import sequor.tensor.Shape;
import sequor.tensor.Tensor;
import sequor.testkit.fuzz.Source.Kind;

/// Ops along one axis or several.
final class ReduceOps {
  private ReduceOps() {}

  static List<FuzzOp> all() {
    var ops = new ArrayList<FuzzOp>();
    ops.add(FuzzOp.always("sum", draw -> sum(draw.tensor())));
    ops.add(reduction("sum of axes", "sum", Tensor::sum, Trace::sum, _ -> true));
    ops.add(reduction("mean of axes", "mean", Tensor::mean, ReduceOps::mean, ReduceOps::filled));
    for (int correction = 0; correction <= 1; correction++) {
      ops.add(variance(correction));
      ops.add(deviation(correction));
    }
    ops.add(norm("1f", (x, axes, keep) -> x.norm(1, axes, keep), ReduceOps::norm1, Needs.all(0)));
    ops.add(
        norm(
            "2f",
            (x, axes, keep) -> x.norm(2, axes, keep),
            ReduceOps::norm2,
            Needs.maybe(0, RESULT)));
    ops.add(
        norm(
            "Float.POSITIVE_INFINITY",
            (x, axes, keep) -> x.norm(Float.POSITIVE_INFINITY, axes, keep),
            ReduceOps::normMax,
            Needs.all(0).orMaybe(RESULT)));
    ops.add(reduction("max", "max", Tensor::max, Trace::largest, ReduceOps::filled, 0, RESULT));
    ops.add(reduction("min", "min", Tensor::min, Trace::smallest, ReduceOps::filled));
    ops.add(
        reduction(
            "logSumExp",
            "logSumExp",
            Tensor::logSumExp,
            RowOps::logSumExp,
            ReduceOps::filled,
            0,
            RESULT));
    ops.add(FuzzOp.always("cumsum", ReduceOps::cumsum));
    ops.add(FuzzOp.always("maxWithIndices", draw -> extreme(draw, true)));
    ops.add(FuzzOp.always("minWithIndices", draw -> extreme(draw, false)));
    ops.add(FuzzOp.always("topK", ReduceOps::topK));
    ops.add(FuzzOp.always("sort", ReduceOps::sort));
    return ops;
  }

  private static boolean filled(Shape shape) {
    return shape.size() > 0;
  }

  // Many numbers to one

  /// A reduction of the engine.
  private interface Run {
    Tensor of(Tensor x, int[] axes, boolean keepDim);
  }

  /// What becomes of the numbers that are reduced to one.
  private interface Fold {
    int of(Trace trace, int... nodes);
  }

  static Call sum(int x) {
    return Call.of(
        "sum",
        "%s.sum()",
        List.of(x),
        in -> in.getFirst().sum(),
        (t, in) -> Ref.of(Shape.of(), _ -> t.sum(in.getFirst().all())));
  }

  private static FuzzOp reduction(
      String op, String method, Run run, Fold fold, Predicate<Shape> fits, Integer... needed) {
    return FuzzOp.always(
        op, draw -> reduced(draw, op, "%%s." + method + "(%s, %s)", run, fold, fits, needed));
  }

  private static Call reduced(
      Draw draw,
      String op,
      String java,
      Run run,
      Fold fold,
      Predicate<Shape> fits,
      Integer... needed) {
    int x =
        draw.chance(20)
            ? draw.leaf(
                Kind.APART,
                Arrays.stream(draw.shape(1, 3).dims()).map(i -> Math.max(i, 1)).toArray())
            : draw.tensor(fits, 1, 4);
    var shape = draw.shape(x);
    int[] axes = axes(draw, shape.rank());
    boolean keepDim = draw.chance(30);
    boolean[] gone = new boolean[shape.rank()];
    Arrays.fill(gone, axes.length == 0);
    Arrays.stream(axes).forEach(axis -> gone[Math.floorMod(axis, shape.rank())] = true);
    var listed = "new int[] {%s}".formatted(Draw.joined(axes));
    return Call.of(
            op,
            java.formatted(listed, keepDim),
            List.of(x),
            in -> run.of(in.getFirst(), axes, keepDim),
            (t, in) -> {
              var lines = lines(in.getFirst(), gone);
              return Ref.of(result(shape, gone, keepDim), i -> fold.of(t, lines.get(i)));
            })
        .needing(Needs.maybe(needed));
  }

  /// Some of the axes, from the front or from the end, or none for all.
  private static int[] axes(Draw draw, int rank) {
    return IntStream.range(0, rank)
        .filter(_ -> draw.chance(45))
        .map(axis -> draw.chance(50) ? axis : axis - rank)
        .toArray();
  }

  private static Shape result(Shape shape, boolean[] gone, boolean keepDim) {
    return Shape.of(
        IntStream.range(0, shape.rank())
            .filter(axis -> keepDim || !gone[axis])
            .map(axis -> gone[axis] ? 1 : shape.dim(axis))
            .toArray());
  }

  /// For each place of the result the nodes that are reduced to it, in their order.
  private static List<int[]> lines(Ref x, boolean[] gone) {
    var kept = result(x.shape(), gone, true);
    var lines = new ArrayList<List<Integer>>();
    for (int i = 0; i < kept.size(); i++) {
      lines.add(new ArrayList<>());
    }
    for (int place = 0; place < x.size(); place++) {
      int[] index = Ref.index(x.shape(), place);
      lines.get(Ref.broadcastPlace(kept, index)).add(x.node(place));
    }
    return lines.stream().map(line -> line.stream().mapToInt(i -> i).toArray()).toList();
  }

  static int mean(Trace t, int... nodes) {
    return t.affine(t.sum(nodes), 1.0 / nodes.length, 0);
  }

  private static FuzzOp variance(int correction) {
    return FuzzOp.always(
        "variance",
        draw ->
            reduced(
                draw,
                "variance",
                "%%s.variance(%1$s, " + correction + ", %2$s)",
                (x, axes, keep) -> x.variance(axes, correction, keep),
                (t, nodes) -> variance(t, correction, nodes),
                ReduceOps::filled));
  }

  private static int variance(Trace t, int correction, int... nodes) {
    int[] apart = apart(t, nodes);
    return t.affine(t.dot(apart, apart), 1.0 / Math.max(nodes.length - correction, 0), 0);
  }

  private static int[] apart(Trace t, int... nodes) {
    int mean = mean(t, nodes);
    return Arrays.stream(nodes).map(x -> t.minus(x, mean)).toArray();
  }

  private static FuzzOp deviation(int correction) {
    return FuzzOp.always(
        "std",
        draw ->
            reduced(
                draw,
                "std",
                "%%s.std(%1$s, " + correction + ", %2$s)",
                (x, axes, keep) -> x.std(axes, correction, keep),
                (t, nodes) ->
                    t.affine(
                        norm2(t, apart(t, nodes)),
                        1 / Math.sqrt(Math.max(nodes.length - correction, 0)),
                        0),
                ReduceOps::filled));
  }

  private static FuzzOp norm(String p, Run run, Fold fold, Needs needs) {
    return FuzzOp.always(
        "norm " + p,
        draw ->
            reduced(draw, "norm " + p, "%%s.norm(" + p + ", %s, %s)", run, fold, ReduceOps::filled)
                .needing(needs));
  }

  private static int norm1(Trace t, int... nodes) {
    return t.sum(magnitudes(t, nodes));
  }

  private static int normMax(Trace t, int... nodes) {
    return t.largest(magnitudes(t, nodes));
  }

  private static int[] magnitudes(Trace t, int... nodes) {
    return Arrays.stream(nodes).map(x -> t.map(Curve.of(Unary.ABS), x)).toArray();
  }

  /// A norm of 0 passes no gradient on.
  private static int norm2(Trace t, int... nodes) {
    int squares = t.dot(nodes, nodes);
    t.apart(t.value(squares), 16 * t.error(squares));
    return t.value(squares) == 0 ? t.constant(0) : t.map(Curve.of(Unary.SQRT), squares);
  }

  // Along one axis

  private static Call cumsum(Draw draw) {
    int x = draw.tensor(1, 3);
    int axis = draw.axis(draw.shape(x));
    return Call.of(
        "cumsum",
        "%%s.cumsum(%d)".formatted(axis),
        List.of(x),
        in -> in.getFirst().cumsum(axis),
        (t, in) ->
            along(
                in.getFirst(),
                axis,
                in.getFirst().dim(axis),
                line -> {
                  int[] sums = line.clone();
                  for (int i = 1; i < sums.length; i++) {
                    sums[i] = t.plus(sums[i - 1], line[i]);
                  }
                  return sums;
                }));
  }

  /// What becomes of the numbers along an axis.
  interface Line {
    int[] of(int... nodes);
  }

  static Ref along(Ref x, int axis, int length, Line become) {
    boolean[] gone = new boolean[x.shape().rank()];
    gone[Math.floorMod(axis, gone.length)] = true;
    var lines = lines(x, gone).stream().map(become::of).toList();
    var kept = result(x.shape(), gone, true);
    var shape = x.shape().with(axis, length);
    int place = Math.floorMod(axis, gone.length);
    return Ref.of(
        shape,
        i -> {
          int[] index = Ref.index(shape, i);
          return lines.get(Ref.broadcastPlace(kept, index))[index[place]];
        });
  }

  private static Call extreme(Draw draw, boolean largest) {
    int x = draw.tensor(ReduceOps::filled, 1, 3);
    int axis = draw.axis(draw.shape(x));
    boolean keepDim = draw.chance(50);
    var op = largest ? "maxWithIndices" : "minWithIndices";
    return Call.of(
        op,
        "%%s.%s(%d, %s).values()".formatted(op, axis, keepDim),
        List.of(x),
        in ->
            (largest
                    ? in.getFirst().maxWithIndices(axis, keepDim)
                    : in.getFirst().minWithIndices(axis, keepDim))
                .values(),
        (t, in) -> {
          var kept =
              along(
                  in.getFirst(),
                  axis,
                  1,
                  line -> new int[] {largest ? t.largest(line) : t.smallest(line)});
          return keepDim ? kept : Ref.of(kept.shape().without(axis), kept::node);
        });
  }

  private static Call topK(Draw draw) {
    int x = draw.tensor(1, 3);
    int axis = draw.axis(draw.shape(x));
    int k = draw.between(0, draw.shape(x).dim(axis));
    return Call.of(
        "topK",
        "%%s.topK(%d, %d).values()".formatted(k, axis),
        List.of(x),
        in -> in.getFirst().topK(k, axis).values(),
        (t, in) -> along(in.getFirst(), axis, k, line -> Arrays.copyOf(sorted(t, true, line), k)));
  }

  private static Call sort(Draw draw) {
    int x = draw.tensor(1, 3);
    int axis = draw.axis(draw.shape(x));
    boolean descending = draw.chance(50);
    return Call.of(
        "sort",
        "%%s.sort(%d, %s).values()".formatted(axis, descending),
        List.of(x),
        in -> in.getFirst().sort(axis, descending).values(),
        (t, in) ->
            along(
                in.getFirst(), axis, in.getFirst().dim(axis), line -> sorted(t, descending, line)));
  }

  /// Equals keep their order.
  private static int[] sorted(Trace t, boolean descending, int... nodes) {
    var byValue = Comparator.<Integer>comparingDouble(t::value);
    int[] sorted =
        Arrays.stream(nodes)
            .boxed()
            .sorted(descending ? byValue.reversed() : byValue)
            .mapToInt(i -> i)
            .toArray();
    for (int i = 1; i < sorted.length; i++) {
      int a = sorted[i - 1];
      int b = sorted[i];
      if (a != b) {
        t.apart(t.value(a) - t.value(b), t.error(a) + t.error(b));
      }
    }
    return sorted;
  }
}
