package sequor.testkit.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import sequor.tensor.Recurrence;
import sequor.tensor.Recurrence.Weights;
import sequor.tensor.Shape;
import sequor.testkit.fuzz.Source.Kind;

/// Matrix products.
final class ProductOps {
  /// Two layers: each weight for the gradient of its input, each input for that of its weight.
  private static final Needs SUMS =
      new Needs(
          (changed, tracked) ->
              wrong(0, 1, changed, tracked)
                  || wrong(1, 0, changed, tracked)
                  || wrong(3, 4, changed, tracked)
                  || wrong(4, 3, changed, tracked),
          Set.of(0, 1, 3, 4));

  private ProductOps() {}

  private static boolean wrong(int i, int partner, Set<Integer> changed, List<Boolean> tracked) {
    return changed.contains(i) && tracked.get(partner);
  }

  static List<FuzzOp> all() {
    return List.of(
        FuzzOp.always("matmul", draw -> matmul(draw, false)),
        FuzzOp.always("matmulTransposed", draw -> matmul(draw, true)),
        FuzzOp.always("linear", ProductOps::linear),
        FuzzOp.always("linear sum", ProductOps::sums));
  }

  /// A depth: seldom around the depth of a block.
  private static int depth(Draw draw) {
    return draw.chance(3) ? draw.between(254, 259) : draw.width();
  }

  /// A matrix, a vector or a batch on each side; what is before the last two axes is broadcast.
  private static Call matmul(Draw draw, boolean transposed) {
    int a =
        draw.chance(60)
            ? draw.tensor(1, 4)
            : draw.leaf(Kind.NORMAL, draw.between(1, 9), depth(draw));
    var left = draw.shape(a);
    int k = left.dim(-1);
    if (draw.chance(10) && square(left)) {
      return product(draw, a, a, transposed);
    }
    if (draw.chance(12)) {
      return product(draw, a, draw.like(Kind.NORMAL, k), transposed);
    }
    int n = draw.width();
    int[] batch = left.rank() > 2 && draw.chance(60) ? batch(draw, left) : new int[0];
    int[] dims = Arrays.copyOf(batch, batch.length + 2);
    dims[batch.length] = transposed ? n : k;
    dims[batch.length + 1] = transposed ? k : n;
    return product(draw, a, draw.like(Kind.NORMAL, dims), transposed);
  }

  /// The axes before the last two, some left out, some 1, and others where there is a 1.
  private static int[] batch(Draw draw, Shape left) {
    int[] all = Arrays.copyOf(left.dims(), left.rank() - 2);
    int dropped = draw.chance(30) ? draw.between(0, all.length) : 0;
    return Arrays.stream(all, dropped, all.length)
        .map(dim -> dim == 1 && draw.chance(50) ? draw.between(1, 3) : draw.chance(25) ? 1 : dim)
        .toArray();
  }

  private static boolean square(Shape shape) {
    return shape.rank() == 2 && shape.dim(0) == shape.dim(1);
  }

  private static Call product(Draw draw, int a, int b, boolean transposed) {
    var left = draw.shape(a);
    var right = draw.shape(b);
    boolean row = left.rank() == 1;
    boolean column = right.rank() == 1;
    var as = row ? left.inserting(0, 1) : left; // (…,M,K)
    var bs = column ? right.inserting(transposed ? 0 : 1, 1) : right; // (…,K,N) or (…,N,K)
    int k = as.dim(-1);
    int m = as.dim(-2);
    int n = bs.dim(transposed ? -2 : -1);
    var lead = Ref.broadcast(leading(as), leading(bs));
    int[] dims = Arrays.copyOf(lead.dims(), lead.rank() + 2);
    dims[lead.rank()] = m;
    dims[lead.rank() + 1] = n;
    var whole = Shape.of(dims);
    var op = transposed ? "matmulTransposed" : "matmul";
    return Call.of(
            op,
            "%s." + op + "(%s)",
            List.of(a, b),
            in -> transposed ? in.get(0).matmulTransposed(in.get(1)) : in.get(0).matmul(in.get(1)),
            (t, in) ->
                Ref.of(
                    result(whole, row, column),
                    place -> {
                      int[] index = Ref.index(whole, place);
                      int[] at = Arrays.copyOf(index, lead.rank());
                      int i = index[lead.rank()];
                      int j = index[lead.rank() + 1];
                      int fromA = Ref.broadcastPlace(leading(as), at) * m * k + i * k;
                      int fromB = Ref.broadcastPlace(leading(bs), at) * k * n;
                      int[] xs =
                          IntStream.range(0, k).map(p -> in.get(0).node(fromA + p)).toArray();
                      int[] ys =
                          IntStream.range(0, k)
                              .map(p -> fromB + (transposed ? j * k + p : p * n + j))
                              .map(in.get(1)::node)
                              .toArray();
                      return t.dot(xs, ys);
                    }))
        .needing(Needs.partners());
  }

  private static Shape leading(Shape shape) {
    return Shape.of(Arrays.copyOf(shape.dims(), shape.rank() - 2));
  }

  /// The axis of a vector is not in the result.
  private static Shape result(Shape whole, boolean row, boolean column) {
    var result = column ? whole.without(-1) : whole;
    return row ? result.without(column ? -1 : -2) : result;
  }

  private static Call linear(Draw draw) {
    int x =
        draw.chance(60)
            ? draw.tensor(1, 3)
            : draw.leaf(Kind.NORMAL, draw.between(1, 17), depth(draw));
    int out = draw.width();
    int weight = draw.like(Kind.NORMAL, out, draw.shape(x).dim(-1));
    if (draw.chance(20)) {
      return Call.of(
              "linear without bias",
              "%s.linear(%s)",
              List.of(x, weight),
              in -> in.get(0).linear(in.get(1)),
              (t, in) -> affine(t, in.get(0), in.get(1)))
          .needing(Needs.partners());
    }
    int bias = draw.like(Kind.NORMAL, out);
    return Call.of(
            "linear",
            "%s.linear(%s, %s)",
            List.of(x, weight, bias),
            in -> in.get(0).linear(in.get(1), in.get(2)),
            (t, in) -> affine(t, in.get(0), in.get(1), in.get(2)))
        .twin(
            in ->
                in.get(0).shape().rank() < 2
                    ? List.of(in.get(0).linear(in.get(1), in.get(2)))
                    : List.of(in.get(0).matmul(in.get(1).transpose()).plus(in.get(2))))
        .needing(Needs.partners());
  }

  private static Ref affine(Trace t, Ref x, Ref weight) {
    int out = weight.dim(0);
    return Ref.of(
        x.shape().with(-1, out), place -> t.dot(x.row(place / out), weight.row(place % out)));
  }

  private static Ref affine(Trace t, Ref x, Ref weight, Ref bias) {
    int out = weight.dim(0);
    return Ref.of(
        x.shape().with(-1, out),
        place -> t.dot(x.row(place / out), weight.row(place % out), bias.node(place % out)));
  }

  private static Call sums(Draw draw) {
    int batch = draw.between(1, 9);
    int out = draw.among(1, 3, 4) * draw.between(1, 5);
    int d = draw.width();
    int h = draw.width();
    var inputs =
        List.of(
            draw.like(Kind.NORMAL, batch, d),
            draw.like(Kind.NORMAL, out, d),
            draw.like(Kind.NORMAL, out),
            draw.like(Kind.NORMAL, batch, h),
            draw.like(Kind.NORMAL, out, h),
            draw.like(Kind.NORMAL, out));
    return Call.of(
            "linear sum",
            "Recurrence.sums(new Weights(%2$s, %5$s, %3$s, %6$s), %1$s, %4$s)",
            inputs,
            in ->
                Recurrence.sums(
                    new Weights(in.get(1), in.get(4), in.get(2), in.get(5)), in.get(0), in.get(3)),
            (t, in) ->
                PointwiseOps.broadcast(
                    t,
                    affine(t, in.get(0), in.get(1), in.get(2)),
                    affine(t, in.get(3), in.get(4), in.get(5)),
                    Trace::plus))
        .twin(
            in -> {
              var x = in.get(0).linear(in.get(1), in.get(2));
              return List.of(x.plus(in.get(3).linear(in.get(4), in.get(5))));
            })
        .needing(SUMS);
  }
}
