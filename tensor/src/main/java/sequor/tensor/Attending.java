package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import java.util.List;
import sequor.kernels.Attentions;
import sequor.kernels.Elementwise.Dropout;
import sequor.kernels.Floats;
import sequor.tensor.DotProductAttention.Part;
import sequor.tensor.DotProductAttention.Settings;

/// The op of [DotProductAttention].
record Attending(
    Part queries,
    Part keys,
    Part values,
    Spans asking,
    Spans seen,
    Settings settings,
    Dropout dropout,
    LogSums logSums)
    implements Op {

  /// @param dropout of this time
  static Attending of(
      Part queries,
      Part keys,
      Part values,
      Spans asking,
      Spans seen,
      Settings settings,
      Dropout dropout) {
    check("queries", queries, asking, settings);
    check("keys", keys, seen, settings);
    check("values", values, seen, settings);
    if (asking.batch() != seen.batch()) {
      throw new TensorException(
          "attention: queries of %d rows and keys of %d — both must be of the same batch"
              .formatted(asking.batch(), seen.batch()));
    }
    var attending =
        new Attending(queries, keys, values, asking, seen, settings, dropout, new LogSums());
    if (Tape.willRecord(attending)) {
      int count = asking.batch() * settings.heads() * asking.steps();
      attending.logSums.floats = Buffers.floats(count);
    }
    return attending;
  }

  private static void check(String what, Part part, Spans spans, Settings settings) {
    var shape = part.x().shape();
    if (settings.heads() < 1 || settings.size() % settings.heads() != 0) {
      throw new TensorException(
          "attention: size %d and %d heads — the heads must divide it"
              .formatted(settings.size(), settings.heads()));
    }
    if (shape.rank() != 3 || part.from() < 0 || part.from() + settings.size() > shape.dim(2)) {
      throw new TensorException(
          "attention: %s %s from %d on — needs (B,T,·) with %d numbers a step from there"
              .formatted(what, shape, part.from(), settings.size()));
    }
    if (spans.batch() != shape.dim(0) || spans.steps() != shape.dim(1)) {
      throw new TensorException(
          "attention: spans of %d rows and %d steps for %s %s — both must be their own"
              .formatted(spans.batch(), spans.steps(), what, shape));
    }
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(queries.x(), keys.x(), values.x());
  }

  @Override
  public Shape shape() {
    return Shape.of(asking.batch(), asking.steps(), settings.size());
  }

  @Override
  public void forward(Tensor y) {
    KERNELS.attentions().forward(reading(), y.data(), logSums.floats, size());
  }

  @Override
  public void backward(Tensor y) { // dv = pᵀ·dy; dz = p·(dy·vᵀ − Σ y·dy)/√D; dq = dz·k; dk = dzᵀ·q
    var gradients =
        new Attentions.Gradients(
            Buffers.sink(queries.x()), Buffers.sink(keys.x()), Buffers.sink(values.x()));
    KERNELS
        .attentions()
        .backward(reading(), y.data(), logSums.floats, y.required(), gradients, size());
  }

  private Attentions.Reading reading() {
    return new Attentions.Reading(
        steps(queries),
        steps(keys),
        steps(values),
        asking.kernelSpan(),
        seen.kernelSpan(),
        dropout);
  }

  private static Attentions.Steps steps(Part part) {
    return new Attentions.Steps(part.x().data(), part.from(), part.x().dim(2));
  }

  private Attentions.Size size() {
    int width = settings.size() / settings.heads();
    return new Attentions.Size(
        asking.batch(),
        settings.heads(),
        width,
        asking.steps(),
        seen.steps(),
        settings.causal(),
        (float) (1 / Math.sqrt(width)));
  }

  /// What the backward pass computes the p again from, if there will be one.
  static final class LogSums {
    private Floats floats = Floats.NONE; // (B,N,T)
  }
}
