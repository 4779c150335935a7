package sequor.nn;

import java.util.List;
import sequor.tensor.LinearRecurrence;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// A recurrent layer that computes its gates for all steps at once and then scans over them: what
/// [MinGru], [MinLstm] and [RgLru] share.
abstract sealed class Scanned implements Recurrent<HiddenState> permits MinGru, MinLstm, RgLru {
  private final LinearCell cell;
  private final boolean reverse;

  Scanned(LinearCell cell, boolean reverse) {
    this.cell = cell;
    this.reverse = reverse;
  }

  @Override
  public final Output<HiddenState> forward(Tensor x, HiddenState initial, Spans spans) {
    var steps = cell.coefficients(x); // 2 × (B,T,H)
    var output = LinearRecurrence.run(steps.a(), steps.b(), initial.h(), spans, reverse);
    Inspection.tell(this, reverse, () -> List.of(new Inspection.Gate("keep", 0, steps.a())));
    return new Output<>(output.hidden(), new HiddenState(output.last())); // (B,T,H), (B,H)
  }

  final boolean reverse() {
    return reverse;
  }

  @Override
  public final HiddenState zeroState(int batch) {
    return cell.zeroState(batch);
  }

  @Override
  public final int hiddenSize() {
    return cell.hiddenSize();
  }

  @Override
  public final Parts parts(String suffix) {
    return cell.parts(suffix);
  }
}
