package sequor.tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sequor.Seed;

/// Compares the gradients that a tape finds with the slopes that small steps show.
///
/// ```java
/// GradientCheck.of(() -> layer.forward(x)).with(layer.parameters()).with("x", x).run();
/// ```
///
/// The result `y` is made a single number by fixed random weights, `L = Σ wᵢ·yᵢ`, so that no error
/// hides behind another. One number of one input at a time is moved by `±h` and `±2h`; then
///
/// ```
/// D(h)  = (L(x + h) − L(x − h)) / 2h
/// slope = (4·D(h) − D(2h)) / 3
/// ```
///
/// (Richardson's extrapolation; Press et al., "Numerical Recipes", section 5.7). Its error falls
/// with `h⁴`, so that `h` can be large enough for float32. Differences are summed in double.
///
/// Where a function has a kink, such as `relu` at 0, keep the inputs more than `2h` away from it.
/// Randomness is the same in every evaluation: the tape trains, and its generator starts anew.
public final class GradientCheck {
  private static final Seed SEED = new Seed(2718);
  private static final int MOST_PLACES = 100;

  private final Supplier<Tensor> computation;
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();
  private float step = 0.02f;
  private double relative = 2e-3;
  private double absolute = 5e-4;

  private GradientCheck(Supplier<Tensor> computation) {
    this.computation = computation;
  }

  /// A check of `computation`, which must compute anew from its inputs at every call.
  public static GradientCheck of(Supplier<Tensor> computation) {
    return new GradientCheck(computation);
  }

  /// Checks the gradient of this input too, and makes it one that requires a gradient.
  public GradientCheck with(String name, Tensor input) {
    inputs.put(name, input.requiresGrad(true));
    return this;
  }

  /// Checks the gradients of all these inputs too.
  public GradientCheck with(Map<String, Tensor> named) {
    named.forEach(this::with);
    return this;
  }

  /// How far the inputs are moved; 0.02 without this.
  public GradientCheck step(float step) {
    this.step = step;
    return this;
  }

  /// How far a gradient may be off: `relative` times its own size, plus `absolute` times the
  /// largest gradient of its input or 1, if that is more; 0.002 and 0.0005 without this.
  public GradientCheck tolerance(double relative, double absolute) {
    this.relative = relative;
    this.absolute = absolute;
    return this;
  }

  /// Checks every place of each input, or 100 spread over it if it has more. The inputs have their
  /// old numbers and no gradient afterwards.
  ///
  /// @throws AssertionError if a gradient is off: it names the input, its worst place, both values
  public void run() {
    if (inputs.isEmpty()) {
      throw Check.wrong("gradient check: no input — name those to check by with(name, tensor)");
    }
    int results = result().length;
    float[] weights = Tensor.randn(SEED.generator(), results).toArray();
    for (var claim : claims(weights)) {
      check(claim, weights);
    }
  }

  /// What the tape says about one input.
  private record Claim(String name, Tensor input, Tensor gradient) {}

  private List<Claim> claims(float[] weights) {
    var claims = new ArrayList<Claim>();
    inputs.values().forEach(Tensor::clearGrad);
    try (var tape = Tape.open(SEED.generator())) {
      var y = computation.get();
      tape.backward(y, Tensor.of(weights, y.shape()));
      inputs.forEach((name, input) -> claims.add(new Claim(name, input, gradientOf(input))));
    }
    inputs.values().forEach(Tensor::clearGrad);
    return claims;
  }

  private static Tensor gradientOf(Tensor input) {
    return input.hasGrad() ? input.grad().copy() : Tensor.zeros(input.shape().dims());
  }

  private void check(Claim claim, float[] weights) {
    float[] gradient = claim.gradient().toArray();
    double scale = 1;
    for (float each : gradient) {
      scale = Float.isFinite(each) ? Math.max(scale, Math.abs(each)) : scale;
    }
    int stride = Math.ceilDiv(Math.max(gradient.length, 1), MOST_PLACES);
    @Nullable Off worst = null;
    int seen = 0;
    int count = 0;
    for (int place = 0; place < gradient.length; place += stride) {
      double slope = slope(claim.input(), place, weights);
      var off =
          new Off(place, slope, gradient[place], relative * Math.abs(slope) + absolute * scale);
      seen++;
      if (off.excess() > 1) {
        count++;
        worst = worst == null || off.excess() > worst.excess() ? off : worst;
      }
    }
    if (worst != null) {
      throw new AssertionError(
          "gradient check: %s%s — small steps say %s, the tape says %s; look at backward (%.1e apart,"
                  .formatted(
                      claim.name(),
                      claim.input().shape().index(worst.place),
                      (float) worst.slope,
                      (float) worst.gradient,
                      Math.abs(worst.slope - worst.gradient))
              + " %.1e allowed; %d of %d places are off)".formatted(worst.allowed, count, seen));
    }
  }

  /// What small steps and the tape say about one place.
  private record Off(int place, double slope, double gradient, double allowed) {
    /// How far they are apart, in what is allowed; no number is far from any.
    double excess() {
      double apart = Math.abs(slope - gradient);
      return Double.isFinite(apart) ? apart / allowed : Double.POSITIVE_INFINITY;
    }
  }

  private double slope(Tensor input, int place, float[] weights) {
    double near = slope(input, place, step, weights);
    double far = slope(input, place, 2 * step, weights);
    return (4 * near - far) / 3;
  }

  private double slope(Tensor input, int place, float h, float[] weights) {
    float[] numbers = input.toArray();
    float old = numbers[place];
    float above = old + h;
    float below = old - h;
    numbers[place] = above;
    input.assign(numbers);
    float[] up = result();
    numbers[place] = below;
    input.assign(numbers);
    float[] down = result();
    numbers[place] = old;
    input.assign(numbers);
    double difference = 0;
    for (int i = 0; i < weights.length; i++) {
      difference += weights[i] * ((double) up[i] - down[i]);
    }
    return difference / ((double) above - below); // as far as float32 really moved it
  }

  private float[] result() {
    try (var _ = Tape.open(SEED.generator())) {
      return computation.get().toArray();
    }
  }
}
