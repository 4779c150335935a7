package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import java.util.List;
import sequor.kernels.Chains;
import sequor.kernels.Floats;
import sequor.kernels.Ints;

/// Ops of linear-chain conditional random fields.
sealed interface Chain extends Op {
  /// `y = ln Z − s(tags)` of each row: (B,T,N) → (B).
  ///
  /// @param tags (B,T), or (0) for `ln Z` alone
  /// @param transitions (N,N)
  /// @param start (N)
  /// @param end (N)
  record Loss(
      Tensor emissions,
      Ids tags,
      Tensor transitions,
      Tensor start,
      Tensor end,
      Spans spans,
      Kept kept)
      implements Chain {

    public Loss {
      checkScores(emissions.shape(), transitions.shape(), start.shape(), end.shape(), spans);
      if (tags.shape().rank() > 1) {
        checkPath(emissions.shape(), tags, spans);
      }
    }

    @Override
    public List<Tensor> inputs() {
      return List.of(emissions, transitions, start, end);
    }

    @Override
    public Shape shape() {
      return Shape.of(emissions.dim(0));
    }

    @Override
    public List<Tensor> saved(Tensor y) {
      return inputs();
    }

    @Override
    public void forward(Tensor y) {
      kept.sums = Tape.memory().floats(emissions.shape().size());
      KERNELS.chains().forward(scores(), kept.sums, y.data(), spans.kernelSpan(), size());
    }

    @Override
    public void backward(Tensor y) { // dx += dy · (p − [tags]), and so for what lies between steps
      var gradients =
          new Chains.Gradients(
              Buffers.sink(emissions),
              Buffers.sink(transitions),
              Buffers.sink(start),
              Buffers.sink(end));
      KERNELS
          .chains()
          .backward(scores(), kept.sums, y.required(), gradients, spans.kernelSpan(), size());
    }

    Chains.Scores scores() {
      var path = tags.shape().rank() > 1 ? tags.ints() : Ints.NONE;
      return new Chains.Scores(
          emissions.data(), transitions.data(), start.data(), end.data(), path);
    }

    Chains.Size size() {
      return new Chains.Size(emissions.dim(0), emissions.dim(1), emissions.dim(2));
    }
  }

  /// Scores of a linear chain over a sequence (B,T,N).
  private static void checkScores(
      Shape emissions, Shape transitions, Shape start, Shape end, Spans spans) {
    Check.sequence("linear chain: emissions", emissions, spans);
    int tags = emissions.dim(2);
    if (tags == 0) {
      throw Check.wrong("linear chain: emissions %s — a path needs a tag at least", emissions);
    }
    Check.shape("linear chain: transitions", transitions, tags, tags);
    Check.shape("linear chain: start", start, tags);
    Check.shape("linear chain: end", end, tags);
  }

  /// A path through the real steps of a chain; what stands elsewhere is not read.
  static void checkPath(Shape emissions, Ids path, Spans spans) {
    Check.shape("linear chain: tags", path.shape(), emissions.dim(0), emissions.dim(1));
    int tags = emissions.dim(2);
    for (int row = 0; row < spans.batch(); row++) {
      for (int t = spans.start(row); t < spans.end(row); t++) {
        int tag = path.values()[row * spans.steps() + t];
        if (tag < 0 || tag >= tags) {
          throw Check.wrong(
              "linear chain: tag %d at step %d of row %d — tags run from 0 to %d; end the row's span"
                  + " where its tags end",
              tag, t, row, tags - 1);
        }
      }
    }
  }

  /// What a [Loss] gives beside its result.
  final class Kept {
    private Floats sums = Floats.NONE; // (B,T,N)
  }
}
