package sequor.models;

import java.util.Optional;
import java.util.random.RandomGenerator;
import sequor.nn.Embedding;
import sequor.nn.Parts;
import sequor.nn.SinusoidalPositions;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// What tells a Transformer where a step stands: waves, or learned vectors, of which positions
/// beyond the last share one.
///
/// @param table of learned positions (P,H)
/// @param size H
record StepPositions(Optional<Embedding> table, int size) {
  static StepPositions of(
      TransformerEncoder.Positions kind, int count, int size, RandomGenerator random) {
    return new StepPositions(
        kind == TransformerEncoder.Positions.LEARNED
            ? Optional.of(new Embedding(count, size, random))
            : Optional.empty(),
        size);
  }

  /// Of each step, counted from its row's first real one. // (B,T,H)
  Tensor of(Spans spans) {
    if (table.isEmpty()) {
      return SinusoidalPositions.of(spans, size);
    }
    int last = table.get().weight().dim(0) - 1;
    int[] ids = new int[spans.batch() * spans.steps()];
    for (int b = 0; b < spans.batch(); b++) {
      for (int p = 0; p < spans.length(b); p++) {
        ids[b * spans.steps() + spans.start(b) + p] = Math.min(p, last);
      }
    }
    return table.get().forward(Ids.of(ids, spans.batch(), spans.steps()));
  }

  /// Of one position. // (1,1,H)
  Tensor at(int position) {
    if (table.isEmpty()) {
      return SinusoidalPositions.at(position, size).reshape(1, 1, size);
    }
    int last = table.get().weight().dim(0) - 1;
    return table.get().forward(Ids.of(new int[] {Math.min(position, last)}, 1, 1));
  }

  Parts parts() {
    return table.map(all -> Parts.of("positions", all)).orElseGet(Parts::none);
  }
}
