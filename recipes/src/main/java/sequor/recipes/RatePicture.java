package sequor.recipes;

import sequor.charts.Curves;
import sequor.train.LearningRateFinder.Found;
import sequor.train.LearningRateFinder.Point;

/// The loss over learning rates that were tried.
final class RatePicture {
  private RatePicture() {}

  static Curves of(String recipe, Found found) {
    var rates = found.points().stream().map(point -> Math.log10(point.rate())).toList();
    var losses = found.points().stream().map(Point::loss).toList();
    var smoothed = found.points().stream().map(Point::smoothed).toList();
    var curves =
        Curves.of(recipe + ": which learning rate?", "log10 of the learning rate")
            .and(
                Curves.Panel.of("loss (nats)")
                    .and("smoothed", rates, smoothed)
                    .and("each step", rates, losses));
    return found.suggested().isPresent()
        ? curves.mark(Math.log10(found.suggested().getAsDouble()), "falls fastest")
        : curves;
  }
}
