package sequor.recipes;

import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.text.Batch;

/// Batches of the text room as the engine takes them.
final class Batched {
  private Batched() {}

  /// (B,T)
  static Ids ids(Batch batch) {
    return Ids.of(batch.ids(), batch.batch(), batch.steps());
  }

  static Spans spans(Batch batch) {
    return Spans.right(batch.lengths(), batch.steps());
  }

  /// One target a sequence. // (B)
  static Ids targets(Batch batch) {
    return Ids.of(batch.targets(), batch.batch());
  }

  /// One target a step. // (B,T)
  static Ids stepTargets(Batch batch) {
    return Ids.of(batch.targets(), batch.batch(), batch.steps());
  }
}
