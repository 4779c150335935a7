package sequor.testkit.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sequor.tensor.LinearRecurrence;
import sequor.tensor.LinearRecurrence.Modes;
import sequor.tensor.Spans;
import sequor.testkit.fuzz.Source.Kind;

/// Linear recurrences over whole sequences: both directions, all kinds of padding.
final class ScanOps {
  private ScanOps() {}

  static List<FuzzOp> all() {
    return List.of(
        FuzzOp.always("linear recurrence", ScanOps::linear),
        FuzzOp.always("diagonal recurrence", ScanOps::diagonal),
        FuzzOp.always("last step", ScanOps::last));
  }

  private static int input(Draw draw) {
    return draw.existing(i -> draw.shape(i).rank() == 3 && draw.shape(i).size() <= 1500)
        .orElseGet(
            () ->
                draw.leaf(
                    Kind.NORMAL, RecurrentOps.batch(draw), RecurrentOps.steps(draw), draw.width()));
  }

  /// In which order the real steps of a row are read.
  private static int step(Spans spans, boolean reverse, int row, int k) {
    return reverse ? spans.end(row) - 1 - k : spans.start(row) + k;
  }

  /// What it gives last is read off what it gives at every step, by the op `last step`, so that a
  /// gradient kept for the steps holds that of the last one too.
  private static Call linear(Draw draw) {
    int b = input(draw);
    var shape = draw.shape(b);
    int a = draw.like(Kind.SMALL, shape.dims());
    int initial = draw.like(Kind.NORMAL, shape.dim(0), shape.dim(2));
    var spans = draw.spans(shape.dim(0), shape.dim(1));
    boolean reverse = draw.chance(50);
    return Call.of(
            "linear recurrence",
            "LinearRecurrence.run(%%1$s, %%2$s, %%3$s, %s, %s).hidden()"
                .formatted(Draw.java(spans), reverse),
            List.of(a, b, initial),
            in -> LinearRecurrence.run(in.get(0), in.get(1), in.get(2), spans, reverse).hidden(),
            (t, in) -> linear(t, in, spans, reverse))
        .needing(Needs.maybe(Needs.RESULT, 0, 2));
  }

  private static Ref linear(Trace t, List<Ref> in, Spans spans, boolean reverse) {
    var shape = in.get(0).shape();
    int width = shape.dim(2);
    int[] hidden = new int[shape.size()];
    Arrays.fill(hidden, t.constant(0));
    int[] h = in.get(2).all();
    for (int row = 0; row < shape.dim(0); row++) {
      for (int k = 0; k < spans.length(row); k++) {
        int at = (row * shape.dim(1) + step(spans, reverse, row, k)) * width;
        for (int j = 0; j < width; j++) {
          int product = t.times(in.get(0).node(at + j), h[row * width + j]);
          h[row * width + j] = t.plus(product, in.get(1).node(at + j));
          hidden[at + j] = h[row * width + j];
        }
      }
    }
    return Ref.of(shape, place -> hidden[place]);
  }

  private static Call last(Draw draw) {
    int x = input(draw);
    var shape = draw.shape(x);
    int initial = draw.like(Kind.NORMAL, shape.dim(0), shape.dim(2));
    var spans = draw.spans(shape.dim(0), shape.dim(1));
    boolean reverse = draw.chance(50);
    return Call.of(
            "last step",
            "LinearRecurrence.last(%%1$s, %%2$s, %s, %s)".formatted(Draw.java(spans), reverse),
            List.of(x, initial),
            in -> LinearRecurrence.last(in.get(0), in.get(1), spans, reverse),
            (_, in) -> last(in, spans, reverse))
        .needing(Needs.NOTHING);
  }

  private static Ref last(List<Ref> in, Spans spans, boolean reverse) {
    var shape = in.get(0).shape();
    int width = shape.dim(2);
    return Ref.of(
        in.get(1).shape(),
        place -> {
          int row = place / width;
          int length = spans.length(row);
          return length == 0
              ? in.get(1).node(place)
              : in.get(0).at(row, step(spans, reverse, row, length - 1), place % width);
        });
  }

  private static Call diagonal(Draw draw) {
    int u = input(draw);
    var shape = draw.shape(u);
    int count = draw.between(1, 3);
    int poles = draw.like(Kind.SMALL, 2, count, shape.dim(2));
    int weights = draw.like(Kind.NORMAL, 2, count, shape.dim(2));
    int initial = draw.like(Kind.NORMAL, shape.dim(0), 2 * count * shape.dim(2));
    var spans = draw.spans(shape.dim(0), shape.dim(1));
    boolean reverse = draw.chance(50);
    return Call.ofMany(
            "diagonal recurrence",
            "LinearRecurrence.diagonal(%%1$s, new Modes(%%2$s, %%3$s), %%4$s, %s, %s)"
                .formatted(Draw.java(spans), reverse),
            List.of(u, poles, weights, initial),
            List.of("%s.hidden()", "%s.last()"),
            in -> {
              var modes = new Modes(in.get(1), in.get(2));
              var output = LinearRecurrence.diagonal(in.get(0), modes, in.get(3), spans, reverse);
              return List.of(output.hidden(), output.last());
            },
            (t, in) -> new Diagonal(t, in, count).read(spans, reverse))
        .needing(Needs.maybe(0, 1, 2, 3));
  }

  /// Complex states as pairs of real numbers.
  private record Diagonal(Trace t, List<Ref> in, int count) {
    List<Ref> read(Spans spans, boolean reverse) {
      var shape = in.get(0).shape();
      int width = shape.dim(2);
      int[] shown = new int[shape.size()];
      Arrays.fill(shown, t.constant(0));
      int[] states = in.get(3).all();
      for (int row = 0; row < shape.dim(0); row++) {
        for (int k = 0; k < spans.length(row); k++) {
          int at = (row * shape.dim(1) + step(spans, reverse, row, k)) * width;
          for (int j = 0; j < width; j++) {
            shown[at + j] = advance(states, row, j, in.get(0).node(at + j));
          }
        }
      }
      return List.of(
          Ref.of(shape, place -> shown[place]), Ref.of(in.get(3).shape(), place -> states[place]));
    }

    private int advance(int[] states, int row, int j, int u) {
      var parts = new ArrayList<Integer>();
      int width = in.get(0).shape().dim(2);
      for (int p = 0; p < count; p++) {
        int re = (row * 2 * count + p) * width + j;
        int im = re + count * width;
        int lr = in.get(1).at(0, p, j);
        int li = in.get(1).at(1, p, j);
        int turned = t.minus(t.times(lr, states[re]), t.times(li, states[im]));
        states[im] = t.plus(t.times(lr, states[im]), t.times(li, states[re]));
        states[re] = t.plus(turned, u);
        parts.add(t.times(in.get(2).at(0, p, j), states[re]));
        parts.add(t.affine(t.times(in.get(2).at(1, p, j), states[im]), -1, 0));
      }
      return t.sum(parts.stream().mapToInt(i -> i).toArray());
    }
  }
}
