package sequor.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import sequor.Seed;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

/// Looks for a learning rate: takes steps with a rate that grows from far too small to far too
/// large, and sees at which of them the loss falls fastest (Smith, *Cyclical learning rates for
/// training neural networks*, 2017, section 3.3).
///
/// ```
/// rate_i = first · (last / first)^(i / (steps − 1))
/// smooth_i = Σ_j β^(i−j) · loss_j / Σ_j β^(i−j)
/// ```
///
/// It ends before its last step where the smoothed loss is several times the least that it was, or
/// no number. What it suggests is the rate at which the smoothed loss falls most steeply, over the
/// logarithm of the rate and before its least. The module is afterwards as it was before.
///
/// ```java
/// var found = new LearningRateFinder<>(job, new AdamW(job.module().parameters(), 1), seed).run();
/// found.suggested();
/// ```
///
/// @param <B> a batch
public final class LearningRateFinder<B> {
  private static final double SMOOTH = 0.95; // β
  private static final double DIVERGED = 4; // times the least
  private static final int WARM = 10; // the first steps, which say little yet

  private final Objective<B> objective;
  private final Optimizer optimizer;
  private final Seed seed;
  private Clipping clipping = Clipping.none();
  private Range range = new Range(1e-7, 10, 300);
  private Consumer<Point> listener = point -> {};

  /// Rates that are tried.
  ///
  /// @param steps how many, the first and the last included
  public record Range(double first, double last, int steps) {
    public Range {
      if (!(first > 0 && last > first && steps >= 2 * WARM)) {
        throw Check.wrong(
            "learning-rate finder: expected rates above 0 that grow, in %d steps or more, got %s to %s"
                + " in %d; take others",
            2 * WARM, first, last, steps);
      }
    }

    double rate(int step) {
      return first * Math.pow(last / first, step / (steps - 1.0));
    }
  }

  /// One step.
  ///
  /// @param smoothed the mean of its loss and those before, the last counting most
  public record Point(double rate, double loss, double smoothed) {}

  /// What was seen.
  ///
  /// @param points of all steps with a finite loss
  /// @param suggested the rate where the loss falls fastest, if it falls at all
  public record Found(List<Point> points, OptionalDouble suggested) {
    public Found {
      points = List.copyOf(points);
    }
  }

  /// @param optimizer over the parameters that learn, with any rate but 0
  public LearningRateFinder(Objective<B> objective, Optimizer optimizer, Seed seed) {
    this.objective = objective;
    this.optimizer = optimizer;
    this.seed = seed;
  }

  public LearningRateFinder<B> clipping(Clipping clipping) {
    this.clipping = clipping;
    return this;
  }

  /// Other rates than from 1e-7 to 10 in 300 steps.
  public LearningRateFinder<B> range(Range range) {
    this.range = range;
    return this;
  }

  /// Is told each step.
  public LearningRateFinder<B> listener(Consumer<Point> listener) {
    this.listener = listener;
    return this;
  }

  /// Takes the steps; batches are those of as many epochs as it needs.
  ///
  /// @throws TrainException if an epoch has no batches
  public Found run() {
    var before = new LinkedHashMap<String, Tensor>();
    objective.module().parameters().forEach((name, p) -> before.put(name, p.copy()));
    try {
      var points = points();
      return new Found(points, suggested(points));
    } finally {
      restore(before);
    }
  }

  private void restore(Map<String, Tensor> before) {
    objective
        .module()
        .parameters()
        .forEach(
            (name, p) -> {
              p.assign(Check.named(before, name));
              p.clearGrad();
            });
  }

  private List<Point> points() {
    var points = new ArrayList<Point>();
    double sum = 0;
    double weights = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int epoch = 1; points.size() < range.steps; epoch++) {
      List<Tensor> carried = List.of();
      try (var feed = objective.batches(epoch, seed.child("shuffle").child(epoch).generator())) {
        if (!feed.hasNext()) {
          throw Check.wrong("learning-rate finder: expected batches, got none; give it data");
        }
        while (feed.hasNext() && points.size() < range.steps) {
          double rate = range.rate(points.size());
          var result = step(feed.next(), carried, rate, points.size());
          sum = SMOOTH * sum + result.loss;
          weights = SMOOTH * weights + 1;
          double smoothed = sum / weights;
          if (!Double.isFinite(smoothed) || (points.size() > WARM && smoothed > DIVERGED * least)) {
            return points;
          }
          carried = result.carried;
          least = Math.min(least, smoothed);
          points.add(new Point(rate, result.loss, smoothed));
          listener.accept(points.getLast());
        }
      }
    }
    return points;
  }

  private record Stepped(double loss, List<Tensor> carried) {}

  private Stepped step(B batch, List<Tensor> carried, double rate, int number) {
    objective.module().parameters().values().forEach(Tensor::clearGrad);
    try (var tape = Tape.open(seed.child("dropout").child(number + 1).generator())) {
      var result = objective.loss(batch, carried);
      double loss = result.loss().item();
      if (!Double.isFinite(loss)) {
        return new Stepped(loss, carried);
      }
      tape.backward(result.loss());
      optimizer.learningRate((float) rate);
      clipping.apply(optimizer.parameters());
      optimizer.step();
      return new Stepped(loss, result.state().stream().map(Tensor::copy).toList());
    }
  }

  /// Where the smoothed loss falls most steeply.
  private static OptionalDouble suggested(List<Point> points) {
    int lowest = 0;
    for (int i = 0; i < points.size(); i++) {
      lowest = points.get(i).smoothed < points.get(lowest).smoothed ? i : lowest;
    }
    double steepest = 0;
    var rate = OptionalDouble.empty();
    for (int i = WARM; i < Math.min(lowest, points.size() - 1); i++) {
      var left = points.get(i - 1);
      var right = points.get(i + 1);
      double slope = (right.smoothed - left.smoothed) / Math.log(right.rate / left.rate);
      if (slope < steepest) {
        steepest = slope;
        rate = OptionalDouble.of(points.get(i).rate);
      }
    }
    return rate;
  }
}
