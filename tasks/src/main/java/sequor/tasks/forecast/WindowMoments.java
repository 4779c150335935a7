package sequor.tasks.forecast;

import java.util.ArrayList;
import java.util.List;

/// Moments of the windows of some series: of each where each has maps of its own, else of all
/// together.
record WindowMoments(ForecastModel model, List<Scaled> series) {

  /// Those of all windows whose numbers to be said are between two steps.
  List<Moments> between(int from, int to) {
    var moments = new ArrayList<Moments>();
    for (int i = 0; i < (model.own() ? series.size() : 1); i++) {
      moments.add(new Moments(model.lookBack() + model.atOnce()));
    }
    add(moments, from, to);
    return moments;
  }

  /// Adds them to others of theirs.
  void add(List<Moments> moments, int from, int to) {
    for (int i = 0; i < series.size(); i++) {
      var one = series.get(i).series();
      var sums = moments.get(Math.min(i, moments.size() - 1));
      int first = Math.max(0, from - model.lookBack() - one.first());
      int end = Math.min(to, one.end()) - one.first();
      sums.add(series.get(i).z(), first, end - sums.size() + 1);
    }
  }
}
