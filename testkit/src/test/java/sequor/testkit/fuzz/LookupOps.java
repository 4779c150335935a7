package sequor.testkit.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import sequor.tensor.Ids;
import sequor.tensor.Shape;
import sequor.testkit.fuzz.Source.Kind;

/// Ops that look numbers up by their places, or put them there.
final class LookupOps {
  private LookupOps() {}

  static List<FuzzOp> all() {
    return List.of(
        FuzzOp.always("embedding", LookupOps::embedding),
        FuzzOp.always("embeddingBag", LookupOps::embeddingBag),
        FuzzOp.always("indexSelect", LookupOps::indexSelect),
        FuzzOp.always("gather", LookupOps::gather),
        FuzzOp.always("scatter", draw -> scatter(draw, false)),
        FuzzOp.always("scatterAdd", draw -> scatter(draw, true)));
  }

  private static Call embedding(Draw draw) {
    int table = draw.tensor(shape -> shape.dim(0) > 0, 2, 2);
    int rows = draw.shape(table).dim(0);
    var ids = draw.ids(rows, draw.shape(0, 2).dims());
    return embedding(
        table, draw.shape(table), ids, draw.chance(30) ? draw.between(0, rows - 1) : -1);
  }

  static Call embedding(int table, Shape shape, Ids ids, int padding) {
    int width = shape.dim(1);
    int[] rows = ids.toArray();
    var result = ids.shape().inserting(ids.shape().rank(), width);
    return Call.of(
        padding < 0 ? "embedding" : "embedding with padding",
        "%%s.embedding(%s%s)".formatted(Draw.java(ids), padding < 0 ? "" : ", " + padding),
        List.of(table),
        in -> padding < 0 ? in.getFirst().embedding(ids) : in.getFirst().embedding(ids, padding),
        (t, in) ->
            Ref.of(
                result,
                place -> {
                  int row = rows[place / width];
                  int node = in.getFirst().node(row * width + place % width);
                  return row == padding ? t.constant(t.value(node), t.error(node)) : node;
                }));
  }

  private static Call embeddingBag(Draw draw) {
    int table = draw.tensor(shape -> shape.dim(0) > 0, 2, 2);
    int width = draw.shape(table).dim(1);
    var ids = draw.ids(draw.shape(table).dim(0), draw.dim());
    int[] starts = new int[1 + draw.between(0, 3)];
    Arrays.setAll(starts, bag -> bag == 0 ? 0 : draw.between(0, ids.shape().size()));
    Arrays.sort(starts);
    var offsets = Ids.of(starts);
    return Call.of(
        "embeddingBag",
        "%%s.embeddingBag(%s, %s)".formatted(Draw.java(ids), Draw.java(offsets)),
        List.of(table),
        in -> in.getFirst().embeddingBag(ids, offsets),
        (t, in) ->
            Ref.of(
                Shape.of(starts.length, width),
                place -> {
                  int bag = place / width;
                  int end = bag + 1 < starts.length ? starts[bag + 1] : ids.shape().size();
                  int[] nodes =
                      IntStream.range(starts[bag], end)
                          .map(i -> in.getFirst().node(ids.get(i) * width + place % width))
                          .toArray();
                  return t.sum(nodes);
                }));
  }

  private static Call indexSelect(Draw draw) {
    int x = draw.tensor(shape -> shape.size() > 0, 1, 3);
    var shape = draw.shape(x);
    int axis = draw.axis(shape);
    int place = Math.floorMod(axis, shape.rank());
    var ids = draw.ids(shape.dim(axis), draw.dim());
    return Call.of(
        "indexSelect",
        "%%s.indexSelect(%d, %s)".formatted(axis, Draw.java(ids)),
        List.of(x),
        in -> in.getFirst().indexSelect(axis, ids),
        (_, in) -> {
          var result = shape.with(axis, ids.shape().size());
          return Ref.of(
              result,
              to -> {
                int[] index = Ref.index(result, to);
                index[place] = ids.get(index[place]);
                return in.getFirst().at(index);
              });
        });
  }

  private static Call gather(Draw draw) {
    int x = draw.tensor(shape -> shape.size() > 0, 1, 3);
    var shape = draw.shape(x);
    int axis = draw.axis(shape);
    int place = Math.floorMod(axis, shape.rank());
    int[] dims = Arrays.stream(shape.dims()).map(i -> draw.chance(20) ? i - 1 : i).toArray();
    dims[place] = draw.dim();
    var ids = draw.ids(shape.dim(axis), dims);
    return Call.of(
        "gather",
        "%%s.gather(%d, %s)".formatted(axis, Draw.java(ids)),
        List.of(x),
        in -> in.getFirst().gather(axis, ids),
        (_, in) ->
            Ref.of(
                ids.shape(),
                to -> {
                  int[] index = Ref.index(ids.shape(), to);
                  index[place] = ids.get(index);
                  return in.getFirst().at(index);
                }));
  }

  private static Call scatter(Draw draw, boolean adds) {
    int x = draw.tensor(shape -> shape.size() > 0, 1, 3);
    var shape = draw.shape(x);
    int axis = draw.axis(shape);
    int place = Math.floorMod(axis, shape.rank());
    int[] dims = shape.with(axis, draw.dim()).dims();
    var ids = draw.ids(shape.dim(axis), dims);
    int source = draw.like(Kind.NORMAL, dims);
    var op = adds ? "scatterAdd" : "scatter";
    return Call.of(
        op,
        "%%s.%s(%d, %s, %%s)".formatted(op, axis, Draw.java(ids)),
        List.of(x, source),
        in ->
            adds
                ? in.get(0).scatterAdd(axis, ids, in.get(1))
                : in.get(0).scatter(axis, ids, in.get(1)),
        (t, in) -> {
          int[] nodes = in.get(0).all();
          for (int from = 0; from < in.get(1).size(); from++) {
            int[] index = Ref.index(ids.shape(), from);
            index[place] = ids.get(index);
            int to = Ref.place(shape, index);
            int node = in.get(1).node(from);
            nodes[to] = adds ? t.plus(nodes[to], node) : node;
          }
          return Ref.of(shape, i -> nodes[i]);
        });
  }
}
