package sequor.train;

import java.util.Map;
import sequor.tensor.InPlace;
import sequor.tensor.Tensor;

/// Gradient clipping: gradients are kept within bounds before they are applied, so that one steep
/// batch does not undo what was learned.
///
/// ```java
/// tape.backward(loss);
/// double norm = Clipping.byNorm(1).apply(model.parameters());
/// optimizer.step();
/// ```
public sealed interface Clipping {
  /// Clips the gradients in place.
  ///
  /// @return the norm of all gradients together before clipping, `√Σg²`
  /// @throws TrainException if a gradient is infinite or NaN; it names the parameter
  double apply(Map<String, Tensor> parameters);

  /// Only checks that all gradients are finite.
  static Clipping none() {
    return new None();
  }

  /// Scales all gradients together by `max / (norm + 1e-6)` if their norm is larger than `max`
  /// (clip_grad_norm_; Pascanu, Mikolov and Bengio 2013, algorithm 1): the direction stays.
  static Clipping byNorm(double max) {
    return new ByNorm(max);
  }

  /// Clamps each number of each gradient to `−limit` to `limit` (clip_grad_value_).
  static Clipping byValue(float limit) {
    return new ByValue(limit);
  }

  /// See [Clipping#none].
  record None() implements Clipping {
    @Override
    public double apply(Map<String, Tensor> parameters) {
      return norm(parameters);
    }
  }

  /// See [Clipping#byNorm].
  record ByNorm(double max) implements Clipping {
    public ByNorm {
      Check.positive("clipping", "the largest norm", max);
    }

    @Override
    public double apply(Map<String, Tensor> parameters) {
      double norm = norm(parameters);
      double factor = max / (norm + 1e-6);
      if (factor < 1) {
        parameters.values().forEach(p -> InPlace.scaleGrad(p, (float) factor));
      }
      return norm;
    }
  }

  /// See [Clipping#byValue].
  record ByValue(float limit) implements Clipping {
    public ByValue {
      Check.positive("clipping", "the limit", limit);
    }

    @Override
    public double apply(Map<String, Tensor> parameters) {
      double norm = norm(parameters);
      parameters.values().forEach(p -> InPlace.clampGrad(p, limit));
      return norm;
    }
  }

  /// The norm of all gradients together, parameters without one counting 0.
  ///
  /// @throws TrainException if a gradient is infinite or NaN
  static double norm(Map<String, Tensor> parameters) {
    double sum = 0;
    for (var parameter : parameters.entrySet()) {
      double squares = InPlace.gradSumOfSquares(parameter.getValue());
      if (!Double.isFinite(squares)) {
        throw Check.wrong(
            "clipping: the gradient of '%s' is not finite; lower the learning rate, clip by a"
                + " smaller norm, and look for a log or a division by 0 in the loss",
            parameter.getKey());
      }
      sum += squares;
    }
    return Math.sqrt(sum);
  }
}
