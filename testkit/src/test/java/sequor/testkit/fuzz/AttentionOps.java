package sequor.testkit.fuzz;

import static sequor.testkit.fuzz.Needs.RESULT;

import java.util.List;
import java.util.stream.IntStream;
import sequor.tensor.DotProductAttention;
import sequor.tensor.DotProductAttention.Part;
import sequor.tensor.DotProductAttention.Settings;
import sequor.tensor.Shape;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;
import sequor.testkit.fuzz.Source.Kind;

/// Attention over padded sequences: of their own steps, and of others.
final class AttentionOps {
  private AttentionOps() {}

  static List<FuzzOp> all() {
    return List.of(
        FuzzOp.always("attention", AttentionOps::own),
        FuzzOp.always("attention to other steps", AttentionOps::other));
  }

  /// The rows of a batch of which queries, keys and values are parts.
  private record Layout(Spans asking, Spans seen, Settings settings) {
    int width() {
      return settings.size() / settings.heads();
    }

    Shape shape() {
      return Shape.of(asking.batch(), asking.steps(), settings.size());
    }

    Tensor run(Tensor q, int qFrom, Tensor k, int kFrom, int vFrom) {
      return DotProductAttention.attend(
          new Part(q, qFrom), new Part(k, kFrom), new Part(k, vFrom), asking, seen, settings);
    }

    /// How a program calls it.
    String java(String q, int qFrom, String k, int kFrom, int vFrom) {
      return ("DotProductAttention.attend(new Part(%s, %d), new Part(%s, %d), new Part(%s, %d), %s, %s,"
              + " new Settings(%d, %d, 0, %s))")
          .formatted(
              q,
              qFrom,
              k,
              kFrom,
              k,
              vFrom,
              Draw.java(asking),
              Draw.java(seen),
              settings.size(),
              settings.heads(),
              settings.causal());
    }

    /// Number by number.
    Ref plain(Trace t, Ref q, int qFrom, Ref k, int kFrom, int vFrom) {
      return Ref.of(
          shape(),
          place -> {
            int[] index = Ref.index(shape(), place);
            int b = index[0];
            int step = index[1];
            int[] keys =
                IntStream.range(seen.start(b), seen.end(b))
                    .filter(s -> !settings.causal() || s <= step)
                    .toArray();
            if (step < asking.start(b) || step >= asking.end(b) || keys.length == 0) {
              return t.constant(0);
            }
            int head = index[2] / width() * width();
            int[] query = numbers(q, b, step, qFrom + head);
            int[] scores =
                IntStream.of(keys)
                    .map(s -> t.dot(query, numbers(k, b, s, kFrom + head)))
                    .map(score -> t.affine(score, 1 / Math.sqrt(width()), 0))
                    .toArray();
            int[] values = IntStream.of(keys).map(s -> k.at(b, s, vFrom + index[2])).toArray();
            return t.dot(RowOps.softmax(t, scores), values);
          });
    }

    private int[] numbers(Ref x, int b, int step, int from) {
      return IntStream.range(from, from + width()).map(i -> x.at(b, step, i)).toArray();
    }
  }

  private static Settings settings(Draw draw, boolean causal) {
    int heads = draw.between(1, 2);
    return new Settings(heads * draw.between(1, 3), heads, 0, causal);
  }

  private static Call own(Draw draw) {
    int batch = draw.between(0, 2);
    int steps = draw.between(0, 5);
    var spans = draw.spans(batch, steps);
    var layout = new Layout(spans, spans, settings(draw, draw.chance(50)));
    int size = layout.settings.size();
    int x = draw.like(Kind.NORMAL, batch, steps, 3 * size);
    return Call.of(
            "attention",
            layout.java("%1$s", 0, "%1$s", size, 2 * size),
            List.of(x),
            in -> layout.run(in.getFirst(), 0, in.getFirst(), size, 2 * size),
            (t, in) -> layout.plain(t, in.getFirst(), 0, in.getFirst(), size, 2 * size))
        .needing(Needs.all(0, RESULT));
  }

  private static Call other(Draw draw) {
    int batch = draw.between(0, 2);
    int queries = draw.between(0, 4);
    int keys = draw.between(0, 5);
    var asking = draw.spans(batch, queries);
    var layout = new Layout(asking, draw.spans(batch, keys), settings(draw, false));
    int size = layout.settings.size();
    int x = draw.like(Kind.NORMAL, batch, queries, size);
    int memory = draw.like(Kind.NORMAL, batch, keys, 2 * size);
    return Call.of(
            "attention to other steps",
            layout.java("%1$s", 0, "%2$s", 0, size),
            List.of(x, memory),
            in -> layout.run(in.get(0), 0, in.get(1), 0, size),
            (t, in) -> layout.plain(t, in.get(0), 0, in.get(1), 0, size))
        .needing(Needs.all(0, 1, RESULT));
  }
}
