package sequor.tasks.forecast;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import sequor.Seed;
import sequor.models.NoEncoder;
import sequor.tasks.ReportSection;

/// What simple methods get on the test part, with their parameters of the training part.
final class FloorTable {
  private static final List<String> SHOWN =
      List.of("mae", "rmse", "mase", "smape", "scaled_mse", "scaled_mae");

  private final ForecastModel model;
  private final List<Scaled> scaled;
  private final Borders borders;

  FloorTable(ForecastConfig config, List<Scaled> scaled, Borders borders) {
    this.model = config.model();
    this.scaled = scaled;
    this.borders = borders;
  }

  /// What a method gets.
  ///
  /// @param simple whether it learned from no other series
  /// @param valid its mean absolute error on the part to validate, scaled
  /// @param metrics on the test part
  record Line(String name, boolean simple, double valid, Map<String, Double> metrics) {}

  /// All methods.
  ///
  /// @param strong the map of the strong floor
  List<Line> lines(LinearMap strong, Windows valid, Windows test) {
    var lines = new ArrayList<Line>();
    for (var method : methods(strong)) {
      double before = judged(method, valid).metrics().getOrDefault("scaled_mae", Double.NaN);
      boolean simple = !(method instanceof SimpleMethod.Solved);
      lines.add(new Line(method.name(), simple, before, judged(method, test).metrics()));
    }
    return lines;
  }

  private List<SimpleMethod> methods(LinearMap strong) {
    var methods = new ArrayList<SimpleMethod>(List.of(new SimpleMethod.Last()));
    if (model.season() > 1) {
      methods.add(new SimpleMethod.Seasonal(model.season()));
    }
    methods.add(new SimpleMethod.Drift());
    methods.add(
        new SimpleMethod.Smoothing(scaled.stream().parallel().map(this::smoothed).toList()));
    methods.add(solved(strong));
    return methods;
  }

  private HoltWinters smoothed(Scaled series) {
    var one = series.series();
    int count = Math.clamp(borders.valid() - one.first(), 1, one.length());
    return HoltWinters.fitted(one.read(), count, model.season());
  }

  private SimpleMethod solved(LinearMap strong) {
    var alone = model.ridgeOfAll();
    var network = new ForecastNetwork(alone, new NoEncoder.Config(), 1, 0, new Seed(0).generator());
    network.trunk().orElseThrow().assign(List.of(strong));
    var none = new Features(0, List.of(), List.of(), List.of(), Statics.none());
    return new SimpleMethod.Solved(new Sayer(alone, none, network), model.lookBack());
  }

  private Judgement judged(SimpleMethod method, Windows windows) {
    var judgement =
        new Judgement(scaled, borders.valid(), model.season(), model.horizon(), model.coverage());
    for (int w = 0; w < windows.size(); w++) {
      int which = windows.series(w);
      int at = windows.at(w);
      judgement.add(which, at, method.said(which, scaled.get(which), at, model.horizon()));
    }
    return judgement;
  }

  /// The simple one that is best on the part to validate.
  static Line best(List<Line> lines) {
    return lines.stream()
        .filter(Line::simple)
        .min(Comparator.comparingDouble(Line::valid))
        .orElseThrow();
  }

  /// As a report shows them.
  static ReportSection.Table section(List<Line> lines) {
    return section("floors", "floor", lines);
  }

  /// Lines of another table.
  ///
  /// @param first what its first column is
  static ReportSection.Table section(String title, String first, List<Line> lines) {
    var columns = new ArrayList<>(List.of(first));
    columns.addAll(SHOWN);
    var rows = new ArrayList<List<Object>>();
    for (var line : lines) {
      var row = new ArrayList<Object>(List.of(line.name()));
      SHOWN.forEach(name -> row.add(line.metrics().getOrDefault(name, Double.NaN)));
      rows.add(row);
    }
    return new ReportSection.Table(title, columns, rows);
  }
}
