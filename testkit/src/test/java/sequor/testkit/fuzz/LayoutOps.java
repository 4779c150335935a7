package sequor.testkit.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sequor.tensor.Shape;
import sequor.tensor.Tensor;
import sequor.testkit.fuzz.Source.Kind;

/// Ops that put numbers in other places, or look them up.
final class LayoutOps {
  private LayoutOps() {}

  static List<FuzzOp> all() {
    return List.of(
        FuzzOp.always("reshape", LayoutOps::reshape),
        FuzzOp.always("transpose", LayoutOps::transpose),
        FuzzOp.always("permute", LayoutOps::permute),
        FuzzOp.always("slice", LayoutOps::slice),
        FuzzOp.always("select", LayoutOps::select),
        FuzzOp.always("split", LayoutOps::split),
        FuzzOp.always("expand", LayoutOps::expand),
        FuzzOp.always("flip", LayoutOps::flip),
        FuzzOp.always("concat", LayoutOps::concat),
        FuzzOp.always("stack", LayoutOps::stack),
        FuzzOp.always("repeat", LayoutOps::repeat),
        FuzzOp.always("unfold", LayoutOps::unfold),
        FuzzOp.always("triangle", LayoutOps::triangle));
  }

  /// From an index of the result to an index of the input.
  private interface From {
    int[] index(int... to);
  }

  private static Call moving(
      String op, String java, int x, Shape shape, Function<Tensor, Tensor> run, From from) {
    return Call.of(
        op,
        java,
        List.of(x),
        in -> run.apply(in.getFirst()),
        (_, in) -> Ref.of(shape, place -> in.getFirst().at(from.index(Ref.index(shape, place)))));
  }

  private static Call reshape(Draw draw) {
    int x = draw.tensor(0, 4);
    return viewed(x, reshaped(draw, draw.shape(x)));
  }

  /// All numbers in one row.
  static Call flat(int x, Shape shape) {
    return viewed(x, Shape.of(shape.size()));
  }

  static Call viewed(int x, Shape shape) {
    return Call.of(
            "reshape",
            "%%s.reshape(%s)".formatted(Source.dims(shape)),
            List.of(x),
            in -> in.getFirst().reshape(shape.dims()),
            (_, in) -> Ref.of(shape, in.getFirst()::node))
        .viewing();
  }

  /// Two neighbouring axes as one, one axis as two, a new axis of 1, or all in one row.
  private static Shape reshaped(Draw draw, Shape from) {
    var dims = new ArrayList<>(Arrays.stream(from.dims()).boxed().toList());
    if (dims.size() >= 2 && draw.chance(40)) {
      int axis = draw.between(0, dims.size() - 2);
      dims.set(axis, dims.get(axis) * dims.remove(axis + 1));
    } else if (!dims.isEmpty() && dims.size() < 4 && draw.chance(40)) {
      int axis = draw.between(0, dims.size() - 1);
      int dim = dims.get(axis);
      int part = IntStream.rangeClosed(2, 8).filter(i -> dim % i == 0).findFirst().orElse(1);
      dims.set(axis, dim / part);
      dims.add(axis + 1, part);
    } else if (draw.chance(50)) {
      return Shape.of(from.size());
    } else {
      dims.add(draw.between(0, dims.size()), 1);
    }
    return Shape.of(dims.stream().mapToInt(i -> i).toArray());
  }

  private static Call transpose(Draw draw) {
    int x = draw.tensor(2, 4);
    var shape = draw.shape(x);
    int rank = shape.rank();
    int a = draw.axis(shape);
    int b = draw.axis(shape);
    int[] axes = IntStream.range(0, rank).toArray();
    axes[Math.floorMod(a, rank)] = Math.floorMod(b, rank);
    axes[Math.floorMod(b, rank)] = Math.floorMod(a, rank);
    return permuted(
        "transpose",
        "%%s.transpose(%d, %d)".formatted(a, b),
        x,
        shape,
        t -> t.transpose(a, b),
        axes);
  }

  private static Call permute(Draw draw) {
    int x = draw.tensor(1, 4);
    var shape = draw.shape(x);
    var order = new ArrayList<Integer>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      order.add(draw.between(0, axis), axis);
    }
    int[] axes = order.stream().mapToInt(i -> i).toArray();
    return permuted(
        "permute",
        "%%s.permute(%s)".formatted(Draw.joined(axes)),
        x,
        shape,
        t -> t.permute(axes),
        axes);
  }

  private static Call permuted(
      String op, String java, int x, Shape from, Function<Tensor, Tensor> run, int[] axes) {
    var shape = Shape.of(Arrays.stream(axes).map(from::dim).toArray());
    return moving(
        op,
        java,
        x,
        shape,
        run,
        to -> {
          int[] index = new int[to.length];
          for (int axis = 0; axis < axes.length; axis++) {
            index[axes[axis]] = to[axis];
          }
          return index;
        });
  }

  private static Call slice(Draw draw) {
    int x = draw.tensor(1, 4);
    var shape = draw.shape(x);
    int axis = draw.axis(shape);
    int from = draw.between(0, shape.dim(axis));
    int to = draw.between(from, shape.dim(axis));
    return slice(x, shape, axis, from, to);
  }

  static Call slice(int x, Shape shape, int axis, int from, int to) {
    return moving(
        "slice",
        "%%s.slice(%d, %d, %d)".formatted(axis, from, to),
        x,
        shape.with(axis, to - from),
        t -> t.slice(axis, from, to),
        index -> shifted(index, axis, from));
  }

  private static int[] shifted(int[] index, int axis, int by) {
    int[] other = index.clone();
    other[Math.floorMod(axis, index.length)] += by;
    return other;
  }

  private static Call select(Draw draw) {
    int x = draw.tensor(shape -> shape.size() > 0, 1, 4);
    var shape = draw.shape(x);
    int axis = draw.axis(shape);
    int at = draw.between(0, shape.dim(axis) - 1);
    int place = Math.floorMod(axis, shape.rank());
    return moving(
        "select",
        "%%s.select(%d, %d)".formatted(axis, at),
        x,
        shape.without(axis),
        t -> t.select(axis, at),
        to ->
            IntStream.range(0, shape.rank())
                .map(i -> i < place ? to[i] : i == place ? at : to[i - 1])
                .toArray());
  }

  private static Call split(Draw draw) {
    int x = draw.tensor(1, 3);
    var shape = draw.shape(x);
    int axis = draw.axis(shape);
    int dim = shape.dim(axis);
    int parts = IntStream.of(3, 2, 1).filter(i -> dim % i == 0).findFirst().orElse(1);
    var part = shape.with(axis, dim / parts);
    return Call.ofMany(
        "split",
        "%%s.split(%d, %d)".formatted(parts, axis),
        List.of(x),
        IntStream.range(0, parts).mapToObj(i -> "%s.get(" + i + ")").toList(),
        in -> in.getFirst().split(parts, axis),
        (_, in) ->
            IntStream.range(0, parts)
                .mapToObj(
                    i ->
                        Ref.of(
                            part,
                            place ->
                                in.getFirst()
                                    .at(shifted(Ref.index(part, place), axis, i * (dim / parts)))))
                .toList());
  }

  private static Call expand(Draw draw) {
    int x = draw.tensor(0, 3);
    var from = draw.shape(x);
    var dims = new ArrayList<>(Arrays.stream(from.dims()).boxed().toList());
    int size = from.size();
    for (int i = 0; i < dims.size(); i++) {
      if (dims.get(i) == 1 && size <= draw.most() / 5) {
        dims.set(i, draw.between(0, 5));
        size *= Math.max(dims.get(i), 1);
      }
    }
    if (size <= draw.most() / 4 && draw.chance(50)) {
      dims.addFirst(draw.between(1, 4));
    }
    var shape = Shape.of(dims.stream().mapToInt(i -> i).toArray());
    return Call.of(
        "expand",
        "%%s.expand(%s)".formatted(Source.dims(shape)),
        List.of(x),
        in -> in.getFirst().expand(shape.dims()),
        (_, in) ->
            Ref.of(
                shape,
                place -> in.getFirst().node(Ref.broadcastPlace(from, Ref.index(shape, place)))));
  }

  private static Call flip(Draw draw) {
    int x = draw.tensor(1, 4);
    var shape = draw.shape(x);
    int axis = draw.axis(shape);
    int place = Math.floorMod(axis, shape.rank());
    return moving(
        "flip",
        "%%s.flip(%d)".formatted(axis),
        x,
        shape,
        t -> t.flip(axis),
        to -> {
          int[] index = to.clone();
          index[place] = shape.dim(place) - 1 - to[place];
          return index;
        });
  }

  private static Call concat(Draw draw) {
    int first = draw.tensor(1, 3);
    var shape = draw.shape(first);
    int axis = draw.axis(shape);
    var parts = new ArrayList<>(List.of(first));
    int more = draw.between(0, 2);
    for (int i = 0; i < more; i++) {
      var other = shape.with(axis, draw.dim());
      parts.add(draw.chance(20) ? first : draw.like(Kind.NORMAL, other.dims()));
    }
    int sum = parts.stream().mapToInt(part -> draw.shape(part).dim(axis)).sum();
    int place = Math.floorMod(axis, shape.rank());
    var whole = shape.with(axis, sum);
    return Call.of(
        "concat",
        "Tensor.concat(%d, List.of(%s))".formatted(axis, listOf(parts.size())),
        parts,
        in -> Tensor.concat(axis, in),
        (_, in) -> Ref.of(whole, to -> joined(in, place, Ref.index(whole, to))));
  }

  private static int joined(List<Ref> parts, int axis, int... index) {
    int from = 0;
    for (var part : parts) {
      if (index[axis] < from + part.dim(axis)) {
        return part.at(shifted(index, axis, -from));
      }
      from += part.dim(axis);
    }
    throw new IllegalStateException("no part at " + Arrays.toString(index));
  }

  private static String listOf(int parts) {
    return IntStream.range(0, parts).mapToObj(_ -> "%s").collect(Collectors.joining(", "));
  }

  private static Call stack(Draw draw) {
    int first = draw.tensor(0, 3);
    var shape = draw.shape(first);
    var parts = new ArrayList<>(List.of(first));
    int more = draw.between(0, 2);
    for (int i = 0; i < more; i++) {
      parts.add(draw.chance(20) ? first : draw.like(Kind.NORMAL, shape.dims()));
    }
    int axis = draw.between(0, shape.rank());
    var whole = shape.inserting(axis, parts.size());
    return Call.of(
        "stack",
        "Tensor.stack(%d, List.of(%s))".formatted(axis, listOf(parts.size())),
        parts,
        in -> Tensor.stack(axis, in),
        (_, in) ->
            Ref.of(
                whole,
                to -> {
                  int[] index = Ref.index(whole, to);
                  int[] rest =
                      IntStream.range(0, index.length)
                          .filter(i -> i != axis)
                          .map(i -> index[i])
                          .toArray();
                  return in.get(index[axis]).at(rest);
                }));
  }

  private static Call repeat(Draw draw) {
    int x = draw.tensor(0, 3);
    var from = draw.shape(x);
    int lead = draw.between(0, 1);
    int[] times = new int[lead + from.rank()];
    int size = from.size();
    for (int i = 0; i < times.length; i++) {
      times[i] = 3 * size <= draw.most() ? draw.between(0, 3) : 1;
      size *= Math.max(times[i], 1);
    }
    int[] dims =
        IntStream.range(0, times.length)
            .map(i -> i < lead ? times[i] : times[i] * from.dim(i - lead))
            .toArray();
    return moving(
        "repeat",
        "%%s.repeat(%s)".formatted(Draw.joined(times)),
        x,
        Shape.of(dims),
        t -> t.repeat(times),
        to -> IntStream.range(lead, to.length).map(i -> to[i] % from.dim(i - lead)).toArray());
  }

  private static Call unfold(Draw draw) {
    int x = draw.tensor(shape -> shape.size() > 0, 1, 3);
    var shape = draw.shape(x);
    int axis = draw.axis(shape);
    int place = Math.floorMod(axis, shape.rank());
    int size = draw.between(1, Math.min(shape.dim(axis), 4));
    int step = draw.between(1, 3);
    var windows = shape.with(axis, (shape.dim(axis) - size) / step + 1);
    return moving(
        "unfold",
        "%%s.unfold(%d, %d, %d)".formatted(axis, size, step),
        x,
        windows.inserting(shape.rank(), size),
        t -> t.unfold(axis, size, step),
        to -> {
          int[] index = Arrays.copyOf(to, shape.rank());
          index[place] = to[place] * step + to[shape.rank()];
          return index;
        });
  }

  private static Call triangle(Draw draw) {
    int x = draw.tensor(2, 4);
    var shape = draw.shape(x);
    int diagonal = draw.between(-2, 2);
    boolean lower = draw.chance(50);
    return Call.of(
        lower ? "tril" : "triu",
        "%%s.%s(%d)".formatted(lower ? "tril" : "triu", diagonal),
        List.of(x),
        in -> lower ? in.getFirst().tril(diagonal) : in.getFirst().triu(diagonal),
        (t, in) ->
            Ref.of(
                shape,
                place -> {
                  int[] index = Ref.index(shape, place);
                  int beyond = index[index.length - 1] - index[index.length - 2];
                  boolean kept = lower ? beyond <= diagonal : beyond >= diagonal;
                  return kept ? in.getFirst().node(place) : t.constant(0);
                }));
  }
}
