package sequor.testkit.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import sequor.tensor.Ids;
import sequor.tensor.LinearChain;
import sequor.tensor.LinearChain.Scores;
import sequor.tensor.Shape;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;
import sequor.testkit.fuzz.Source.Kind;

/// Linear chains over whole sequences: all kinds of padding, with tags and without.
final class ChainOps {
  private ChainOps() {}

  static List<FuzzOp> all() {
    return List.of(
        FuzzOp.always("log partition", draw -> loss(draw, false)),
        FuzzOp.always("chain loss", draw -> loss(draw, true)));
  }

  private static Call loss(Draw draw, boolean tagged) {
    int x =
        draw.existing(i -> fits(draw.shape(i)))
            .orElseGet(
                () ->
                    draw.leaf(
                        Kind.NORMAL,
                        RecurrentOps.batch(draw),
                        RecurrentOps.steps(draw),
                        draw.among(1, 2, 3, 5)));
    var shape = draw.shape(x);
    int n = shape.dim(2);
    int transitions = draw.like(Kind.NORMAL, n, n);
    int start = draw.like(Kind.NORMAL, n);
    int end = draw.like(Kind.NORMAL, n);
    var spans = draw.spans(shape.dim(0), shape.dim(1));
    var tags = draw.ids(n, shape.dim(0), shape.dim(1));
    var scores = "new Scores(%2$s, %3$s, %4$s)";
    return Call.of(
            tagged ? "chain loss" : "log partition",
            tagged
                ? "LinearChain.negativeLogLikelihood(%%1$s, %s, %s, %s)"
                    .formatted(Draw.java(tags), scores, Draw.java(spans))
                : "LinearChain.logPartition(%%1$s, %s, %s)".formatted(scores, Draw.java(spans)),
            List.of(x, transitions, start, end),
            in ->
                tagged ? loss(in, tags, spans) : LinearChain.logPartition(in.get(0), of(in), spans),
            (t, in) ->
                Ref.of(
                    Shape.of(shape.dim(0)), row -> new Row(t, in, spans, row).loss(tagged, tags)))
        .needing(Needs.maybe(0, 1, 2, 3));
  }

  private static boolean fits(Shape shape) {
    return shape.rank() == 3 && shape.dim(2) > 0 && shape.dim(2) < 8 && shape.size() <= 500;
  }

  private static Scores of(List<Tensor> in) {
    return new Scores(in.get(1), in.get(2), in.get(3));
  }

  private static Tensor loss(List<Tensor> in, Ids tags, Spans spans) {
    return LinearChain.negativeLogLikelihood(in.get(0), tags, of(in), spans);
  }

  /// One row, step by step and tag by tag.
  private record Row(Trace t, List<Ref> in, Spans spans, int row) {
    int loss(boolean tagged, Ids tags) {
      int from = spans.start(row);
      int to = spans.end(row);
      if (from == to) {
        return t.constant(0);
      }
      int n = in.get(0).dim(2);
      int[] a = tags(n, j -> t.plus(in.get(2).node(j), x(from, j)));
      for (int step = from + 1; step < to; step++) {
        int[] before = a;
        int now = step;
        a =
            tags(
                n,
                j -> {
                  int[] into = tags(n, i -> t.plus(before[i], in.get(1).at(i, j)));
                  return t.plus(RowOps.logSumExp(t, into), x(now, j));
                });
      }
      int[] last = a;
      int all = RowOps.logSumExp(t, tags(n, j -> t.plus(last[j], in.get(3).node(j))));
      return tagged ? t.minus(all, score(from, to, tags)) : all;
    }

    int score(int from, int to, Ids tags) {
      int[] parts = new int[2 * (to - from) + 1];
      Arrays.setAll(
          parts,
          k -> {
            int step = from + k / 2;
            if (k == 2 * (to - from)) {
              return in.get(3).node(tags.get(row, to - 1));
            } else if (k % 2 == 1) {
              return x(step, tags.get(row, step));
            }
            return step == from
                ? in.get(2).node(tags.get(row, from))
                : in.get(1).at(tags.get(row, step - 1), tags.get(row, step));
          });
      return t.sum(parts);
    }

    int x(int step, int tag) {
      return in.get(0).at(row, step, tag);
    }

    static int[] tags(int n, IntUnaryOperator node) {
      return IntStream.range(0, n).map(node).toArray();
    }
  }
}
