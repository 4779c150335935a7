package sequor.testkit.fuzz;

import static sequor.testkit.fuzz.Needs.RESULT;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import sequor.kernels.Unary;
import sequor.tensor.Ids;
import sequor.tensor.Shape;
import sequor.tensor.Tensor;
import sequor.testkit.fuzz.Source.Kind;

/// Reductions, and ops on each row of the last axis.
final class RowOps {
  private static final int IGNORED = -100;

  private RowOps() {}

  static List<FuzzOp> all() {
    return List.of(
        FuzzOp.always("softmax", RowOps::softmax),
        FuzzOp.always("softmax of an axis", draw -> ofAxis(draw, false)),
        FuzzOp.always("logSoftmax", RowOps::logSoftmax),
        FuzzOp.always("logSoftmax of an axis", draw -> ofAxis(draw, true)),
        FuzzOp.always("crossEntropy", RowOps::crossEntropy),
        FuzzOp.always("crossEntropies", RowOps::crossEntropies),
        FuzzOp.always("layerNorm", RowOps::layerNorm));
  }

  private static boolean filledRows(Shape shape) {
    return shape.dim(-1) > 0;
  }

  // Rows

  private static Call rows(
      String op, Draw draw, Function<Tensor, Tensor> run, PlainRow plain, Needs needs) {
    int x = draw.tensor(RowOps::filledRows, 1, 3);
    return Call.of(
            op,
            "%s." + op + "()",
            List.of(x),
            in -> run.apply(in.getFirst()),
            (t, in) -> byRow(in.getFirst(), row -> plain.of(t, in.getFirst().row(row))))
        .needing(needs);
  }

  /// What becomes of a row.
  private interface PlainRow {
    int[] of(Trace trace, int... row);
  }

  private static Ref byRow(Ref x, Function<Integer, int[]> row) {
    int width = x.dim(-1);
    int[] nodes = new int[x.size()];
    for (int i = 0; i < x.rows(); i++) {
      System.arraycopy(row.apply(i), 0, nodes, i * width, width);
    }
    return Ref.of(x.shape(), i -> nodes[i]);
  }

  private static Call softmax(Draw draw) {
    return rows("softmax", draw, Tensor::softmax, RowOps::softmax, Needs.all(RESULT))
        .twin(
            in -> {
              var x = in.getFirst().exp();
              int[] dims = x.shape().with(-1, 1).dims();
              return List.of(x.dividedBy(x.sum(-1).reshape(dims)));
            });
  }

  private static Call logSoftmax(Draw draw) {
    return rows("logSoftmax", draw, Tensor::logSoftmax, RowOps::logSoftmax, Needs.all(RESULT))
        .twin(
            in -> {
              var x = in.getFirst();
              int[] dims = x.shape().with(-1, 1).dims();
              return List.of(x.minus(x.exp().sum(-1).log().reshape(dims)));
            });
  }

  private static Call ofAxis(Draw draw, boolean logarithm) {
    int x = draw.tensor(shape -> shape.size() > 0, 1, 3);
    int axis = draw.axis(draw.shape(x));
    var op = logarithm ? "logSoftmax" : "softmax";
    return Call.of(
            op + " of an axis",
            "%%s.%s(%d)".formatted(op, axis),
            List.of(x),
            in -> logarithm ? in.getFirst().logSoftmax(axis) : in.getFirst().softmax(axis),
            (t, in) ->
                ReduceOps.along(
                    in.getFirst(),
                    axis,
                    in.getFirst().dim(axis),
                    line -> logarithm ? logSoftmax(t, line) : softmax(t, line)))
        .needing(Needs.maybe(RESULT));
  }

  static int logSumExp(Trace t, int... row) {
    return t.affine(t.map(Curve.of(Unary.LOG), t.sum(powers(t, row))), 1, most(t, row));
  }

  static int[] softmax(Trace t, int... row) {
    int[] powers = powers(t, row);
    int sum = t.sum(powers);
    return Arrays.stream(powers).map(power -> t.dividedBy(power, sum)).toArray();
  }

  static int[] logSoftmax(Trace t, int... row) {
    double most = most(t, row);
    int log = t.map(Curve.of(Unary.LOG), t.sum(powers(t, row)));
    return Arrays.stream(row).map(x -> t.minus(t.affine(x, 1, -most), log)).toArray();
  }

  private static int[] powers(Trace t, int... row) {
    double most = most(t, row);
    return Arrays.stream(row).map(x -> t.map(Curve.of(Unary.EXP), t.affine(x, 1, -most))).toArray();
  }

  private static double most(Trace t, int... row) {
    return Arrays.stream(row).mapToDouble(t::value).max().orElse(0);
  }

  private static Call crossEntropy(Draw draw) {
    int x = draw.tensor(RowOps::filledRows, 1, 3);
    var targets = targets(draw, draw.shape(x));
    int[] classes = targets.toArray();
    int counted = Math.max(classes.length - targets.count(IGNORED), 1);
    return Call.of(
            "crossEntropy",
            "%%s.crossEntropy(%s)".formatted(Draw.java(targets)),
            List.of(x),
            in -> in.getFirst().crossEntropy(targets),
            (t, in) -> {
              double[] ones = new double[in.getFirst().dim(-1)];
              Arrays.fill(ones, 1);
              int[] losses =
                  IntStream.range(0, classes.length)
                      .map(i -> loss(t, in.getFirst().row(i), classes[i], ones, 0))
                      .toArray();
              return Ref.of(Shape.of(), _ -> t.affine(t.sum(losses), 1.0 / counted, 0));
            })
        .needing(Needs.all(0));
  }

  private static Ids targets(Draw draw, Shape logits) {
    var ids = draw.ids(logits.dim(-1), logits.without(-1).dims());
    int ignored = draw.among(0, 0, 20, 100);
    return Ids.of(
        Arrays.stream(ids.toArray()).map(id -> draw.chance(ignored) ? IGNORED : id).toArray(),
        ids.shape());
  }

  private static Call crossEntropies(Draw draw) {
    int x = draw.tensor(RowOps::filledRows, 1, 3);
    int weights = draw.leaf(Kind.POSITIVE, draw.shape(x).dim(-1));
    var targets = targets(draw, draw.shape(x));
    int[] classes = targets.toArray();
    float smoothing = draw.chance(50) ? 0 : draw.between(1, 9) / 10f;
    return Call.of(
            "crossEntropies",
            "%%s.crossEntropies(%s, %%s.detach(), %d, %sf)"
                .formatted(Draw.java(targets), IGNORED, smoothing),
            List.of(x, weights),
            in -> in.get(0).crossEntropies(targets, in.get(1).detach(), IGNORED, smoothing),
            (t, in) -> {
              double[] w = Arrays.stream(in.get(1).all()).mapToDouble(t::value).toArray();
              return Ref.of(
                  targets.shape(), i -> loss(t, in.getFirst().row(i), classes[i], w, smoothing));
            })
        .passive(1)
        .needing(Needs.all(0, 1));
  }

  /// `(1 − ε)·w[t]·−ln p[t] + ε/C·Σ w[c]·−ln p[c]`.
  private static int loss(Trace t, int[] row, int target, double[] weights, double smoothing) {
    if (target == IGNORED) {
      return t.constant(0);
    }
    int[] logs = logSoftmax(t, row);
    int[] shares = new int[logs.length];
    for (int c = 0; c < logs.length; c++) {
      double share = smoothing / logs.length + (c == target ? 1 - smoothing : 0);
      shares[c] = share == 0 ? t.constant(0) : t.affine(logs[c], -share * weights[c], 0);
    }
    return t.sum(shares);
  }

  private static Call layerNorm(Draw draw) {
    int x = draw.tensor(RowOps::filledRows, 1, 3);
    int width = draw.shape(x).dim(-1);
    int weight = draw.like(Kind.NORMAL, width);
    int bias = draw.like(Kind.NORMAL, width);
    float epsilon = draw.oneOf(1e-5f, 1e-2f);
    return Call.of(
            "layerNorm",
            "%%s.layerNorm(%%s, %%s, %sf)".formatted(epsilon),
            List.of(x, weight, bias),
            in -> in.get(0).layerNorm(in.get(1), in.get(2), epsilon),
            (t, in) ->
                byRow(
                    in.getFirst(),
                    i -> normalized(t, in.get(0).row(i), in.get(1), in.get(2), epsilon)))
        .needing(
            new Needs(
                (changed, tracked) ->
                    (changed.contains(0) && (tracked.get(0) || tracked.get(1)))
                        || (changed.contains(1) && tracked.get(0)),
                Set.of(0, 1)));
  }

  private static int[] normalized(Trace t, int[] row, Ref weight, Ref bias, double epsilon) {
    int mean = ReduceOps.mean(t, row);
    int[] apart = Arrays.stream(row).map(x -> t.minus(x, mean)).toArray();
    int variance = t.affine(t.dot(apart, apart), 1.0 / row.length, epsilon);
    int deviation = t.map(Curve.of(Unary.SQRT), variance);
    return IntStream.range(0, row.length)
        .map(i -> t.plus(t.times(t.dividedBy(apart[i], deviation), weight.node(i)), bias.node(i)))
        .toArray();
  }
}
