package sequor.tasks.forecast;

import sequor.data.Split;

/// The walk through the part to test of somebody who solves the maps again on the way, from all
/// that came until then. Scales and penalties stay as the parts before had them.
///
/// @param committee that chose the penalties
record Resolving(SeriesTable table, Borders borders, WindowMoments windows, Committee committee) {

  /// How good the points are.
  ///
  /// @param forecaster that says them; its maps change
  /// @param every how many steps pass before the maps are solved again
  Judgement judged(Forecaster forecaster, int every) {
    var model = windows.model();
    var walk = forecaster.walk(table, windows.series());
    var trunk = forecaster.forecastNetwork().trunk().orElseThrow();
    var judgement = walk.judgement(borders.valid());
    int seen = borders.valid();
    var known = windows.between(0, seen);
    for (int now = borders.test(); now < borders.end(); now += every) {
      windows.add(known, seen - model.atOnce() + 1, now);
      seen = now;
      trunk.assign(committee.maps(known));
      int end = Math.min(borders.to(Split.TEST), now + every - 1 + model.horizon());
      walk.points(Windows.of(table, now, end, model.lookBack(), model.horizon()), judgement);
    }
    return judgement;
  }
}
