package sequor.nn;

import sequor.kernels.Unary;
import sequor.tensor.Tensor;

/// Losses between two tensors of one shape; formulas and defaults are PyTorch's.
public final class Losses {
  private Losses() {}

  /// `(x − y)²`.
  public static Tensor mse(Tensor input, Tensor target, Reduction reduction) {
    return reduction.of(difference("mse", input, target).square());
  }

  /// `|x − y|`.
  public static Tensor l1(Tensor input, Tensor target, Reduction reduction) {
    return reduction.of(difference("l1", input, target).abs());
  }

  /// `½d²` where `d = |x − y| ≤ delta`, else `delta · (d − ½ delta)` (Huber 1964).
  public static Tensor huber(Tensor input, Tensor target, float delta, Reduction reduction) {
    if (!(delta > 0)) {
      throw new NnException("huber: delta must be above 0, got " + delta);
    }
    var d = difference("huber", input, target).abs();
    var near = d.minimum(delta);
    return reduction.of(near.times(d.minus(near.times(0.5f))));
  }

  /// Binary cross-entropy from raw scores, `ln(1 + eˣ) − x·y`, for targets from 0 to 1.
  public static Tensor bceWithLogits(Tensor input, Tensor target, Reduction reduction) {
    same("bceWithLogits", input, target);
    return reduction.of(input.map(Unary.SOFTPLUS).minus(input.times(target)));
  }

  private static Tensor difference(String loss, Tensor input, Tensor target) {
    same(loss, input, target);
    return input.minus(target);
  }

  /// Broadcasting a loss is nearly always a mistake, (N,1) against (N) above all.
  private static void same(String loss, Tensor input, Tensor target) {
    if (!input.shape().equals(target.shape())) {
      throw new NnException(
          "%s: input %s and target %s must have the same shape; reshape one of them"
              .formatted(loss, input.shape(), target.shape()));
    }
  }
}
