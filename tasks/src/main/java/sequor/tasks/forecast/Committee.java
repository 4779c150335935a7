package sequor.tasks.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import sequor.tasks.forecast.Ridge.Base;

/// Linear maps that are wrong in different ways, and say something together: ridges that are drawn
/// towards the last number and towards the last seasons, of all series and, where asked for, of
/// each alone. The penalty of each is that with the least squared error on the part to validate.
///
/// A mean of linear maps is a linear map, so nothing is slower for it.
final class Committee {
  private static final double[] PENALTIES = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10};

  private final List<Moments> train;
  private final List<Moments> valid;
  private final Moments allTrain;
  private final Moments allValid;
  private final ForecastModel model;
  private final Map<Base, Double> shared = new EnumMap<>(Base.class); // penalties, once chosen
  private final Map<Base, Double> own = new EnumMap<>(Base.class);

  /// @param train the windows of each series that learn, scaled
  /// @param valid those that validate
  Committee(ForecastModel model, List<Moments> train, List<Moments> valid) {
    this.model = model;
    this.train = train;
    this.valid = valid;
    this.allTrain = sum(train);
    this.allValid = sum(valid);
  }

  private static Moments sum(List<Moments> some) {
    var all = new Moments(some.getFirst().size());
    some.forEach(all::add);
    return all;
  }

  /// The strong floor: NLinear with a penalty, one for all series.
  LinearMap floor() {
    return shared(Base.LAST, allTrain);
  }

  /// What each series is gone on with, and behind the last what any other is.
  List<LinearMap> maps() {
    return maps(train);
  }

  /// The same of other windows, such as more of them, with the penalties that were chosen.
  List<LinearMap> maps(List<Moments> windows) {
    var together = sum(windows);
    var bases =
        Ridge.hasSeasons(model.lookBack(), model.season())
            ? List.of(Base.LAST, Base.SEASON)
            : List.of(Base.LAST);
    var ofAll = bases.stream().map(base -> shared(base, together)).toList();
    var all = LinearMap.mean(ofAll);
    if (!model.own() || windows.size() == 1) {
      return List.of(all);
    }
    var ofEach = bases.stream().map(base -> own(base, windows)).toList();
    var maps = new ArrayList<LinearMap>();
    for (int series = 0; series < windows.size(); series++) {
      var some = new ArrayList<>(ofAll);
      for (var each : ofEach) {
        some.add(each.get(series));
      }
      maps.add(LinearMap.mean(some));
    }
    maps.add(all);
    return maps;
  }

  private Ridge ridge(Base base) {
    return new Ridge(base, model.lookBack(), model.atOnce(), model.season());
  }

  private LinearMap shared(Base base, Moments windows) {
    double penalty =
        shared.computeIfAbsent(
            base,
            _ -> {
              var prepared = ridge(base).of(allTrain);
              return best(lambda -> List.of(prepared.solve(lambda)), List.of(allValid));
            });
    return ridge(base).of(windows).solve(penalty);
  }

  /// One penalty for all, that none is chosen by few windows.
  private List<LinearMap> own(Base base, List<Moments> windows) {
    double penalty =
        own.computeIfAbsent(
            base,
            _ -> {
              var prepared = train.stream().map(moments -> ridge(base).of(moments)).toList();
              return best(lambda -> solved(prepared, lambda), valid);
            });
    return solved(windows.stream().map(moments -> ridge(base).of(moments)).toList(), penalty);
  }

  private static List<LinearMap> solved(List<Ridge.Prepared> prepared, double lambda) {
    return prepared.parallelStream().map(each -> each.solve(lambda)).toList();
  }

  private static double best(Function<Double, List<LinearMap>> solve, List<Moments> judged) {
    double best = PENALTIES[0];
    double least = Double.POSITIVE_INFINITY;
    for (double lambda : PENALTIES) {
      var maps = solve.apply(lambda);
      double[] squares =
          IntStream.range(0, maps.size())
              .parallel()
              .mapToDouble(i -> maps.get(i).squares(judged.get(i)))
              .toArray();
      double sum = Arrays.stream(squares).sum();
      if (sum < least) {
        least = sum;
        best = lambda;
      }
    }
    return best;
  }
}
