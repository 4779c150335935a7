package sequor.tasks.forecast;

import java.util.Optional;
import sequor.nn.Layer;
import sequor.nn.Linear;
import sequor.nn.Parts;
import sequor.tensor.Tensor;

/// Linear maps that are learned step by step.
///
/// ```
/// NLinear   y = W·(x − last) + b + last
/// DLinear   y = W_t·trend + b_t + W_s·(x − trend) + b_s,   trend = moving mean of 25 steps
/// ```
///
/// They begin as the mean of what is read. Source: Zeng et al., *Are transformers effective for
/// time series forecasting?* (2023), section 4, and its program.
final class LearnedLinear implements Layer {
  private static final int MOVING = 25;

  private final int read; // L
  private final Linear first; // of x − last, or of the trend
  private final Optional<Linear> second; // of the rest
  private final Tensor trend; // (L,L)

  private LearnedLinear(int read, int said, boolean decomposed) {
    this.read = read;
    this.first = mean(read, said);
    this.second = decomposed ? Optional.of(mean(read, said)) : Optional.empty();
    this.trend = moving(read);
  }

  /// That of a model, if it has one.
  static Optional<LearnedLinear> of(ForecastModel.Linear kind, int read, int said) {
    return switch (kind) {
      case NLINEAR -> Optional.of(new LearnedLinear(read, said, false));
      case DLINEAR -> Optional.of(new LearnedLinear(read, said, true));
      case RIDGE, NONE -> Optional.empty();
    };
  }

  private static Linear mean(int read, int said) {
    return new Linear(
        Tensor.full(1f / read, said, read).requiresGrad(true),
        Tensor.zeros(said).requiresGrad(true));
  }

  /// The moving mean as a map; at the ends the first and the last number stand for what is not
  /// there. // (L,L)
  private static Tensor moving(int read) {
    float[] map = new float[read * read];
    for (int t = 0; t < read; t++) {
      for (int k = -(MOVING / 2); k <= MOVING / 2; k++) {
        map[t * read + Math.clamp((long) t + k, 0, read - 1)] += 1f / MOVING;
      }
    }
    return Tensor.of(map, read, read);
  }

  @Override
  public Tensor forward(Tensor x) { // (B,L) → (B,T)
    if (second.isPresent()) {
      var slow = x.linear(trend); // (B,L)
      return first.forward(slow).plus(second.get().forward(x.minus(slow)));
    }
    var last = x.slice(1, read - 1, read); // (B,1)
    return first.forward(x.minus(last)).plus(last);
  }

  @Override
  public Parts parts() {
    var parts = Parts.of(second.isPresent() ? "trend" : "map", first);
    return second.map(rest -> parts.and("rest", rest)).orElse(parts);
  }
}
