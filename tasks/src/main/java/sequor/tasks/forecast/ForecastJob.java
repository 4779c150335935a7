package sequor.tasks.forecast;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sequor.Seed;
import sequor.data.Split;
import sequor.nn.Losses;
import sequor.nn.NnModule;
import sequor.nn.Reduction;
import sequor.settings.Settings;
import sequor.tasks.Columns;
import sequor.tasks.Evaluation;
import sequor.tasks.Floor;
import sequor.tasks.Intervals;
import sequor.tasks.Job;
import sequor.tasks.Metric;
import sequor.tasks.Once;
import sequor.tasks.ReportSection;
import sequor.tasks.TrainingSettings;
import sequor.tensor.Tensor;
import sequor.text.Batch;
import sequor.text.Padding;
import sequor.text.Shuffle;
import sequor.train.Feed;
import sequor.train.Learner;

/// Learning to go on with series.
///
/// What can be solved is solved; what is left learns step by step, of windows that are cut when
/// they are wanted.
final class ForecastJob implements Job {
  private final ForecastConfig config;
  private final TrainingSettings training;
  private final SeriesTable table;
  private final Seed seed;
  private final Borders borders;
  private final Forecaster forecaster;
  private final List<Scaled> scaled;
  private final WindowMoments moments;
  private final int refitEvery; // steps; 0 for never
  private final Windows train;
  private final Windows valid;
  private final Windows test;
  private final Once<Committee> committee = new Once<>(this::committee);
  private final Once<Boolean> solved = new Once<>(this::solve);
  private List<FloorTable.Line> floors = List.of();

  /// @param section `model`, for errors
  /// @param refitEvery steps of the part to test after which maps are solved again; 0 for never
  ForecastJob(
      ForecastConfig config,
      Settings section,
      TrainingSettings training,
      int refitEvery,
      SeriesTable table,
      Seed seed) {
    this.config = config;
    this.training = training;
    this.table = table;
    var model = config.model();
    this.borders = Borders.of(config.data(), table.end());
    this.train = windows(Split.TRAIN, model.atOnce());
    this.valid = windows(Split.VALID, model.horizon());
    this.test = windows(Split.TEST, model.horizon());
    requireWindows(section);
    requireLags(section);
    this.forecaster = Forecaster.begun(config, table, borders, seed);
    this.scaled = forecaster.scaled(table);
    this.moments = new WindowMoments(model, scaled);
    this.refitEvery = refitEvery;
    this.seed = seed;
    if (model.loss() == ForecastModel.Loss.QUANTILE && !forecaster.forecastNetwork().reads()) {
      throw section.wrong(
          "loss",
          "expected an encoder, which says three numbers of each step, got none for quantile; take one"
              + " (model.encoder=recurrent), or another loss");
    }
  }

  private Windows windows(Split part, int said) {
    int read = config.model().lookBack();
    return Windows.of(table, borders.from(part), borders.to(part), read, said);
  }

  private void requireWindows(Settings section) {
    if (train.size() == 0 || valid.size() == 0 || test.size() == 0) {
      var model = config.model();
      throw section.wrong(
          "horizon",
          "expected windows of %d steps read and %d said to train, validate and test, got %d, %d and %d in"
              + " %,d steps; say less (model.horizon), read less (model.look_back), or give parts more"
              + " (data.fractions)",
          model.lookBack(),
          model.horizon(),
          train.size(),
          valid.size(),
          test.size(),
          table.end());
    }
  }

  private void requireLags(Settings section) {
    var model = config.model();
    for (int lag : model.lags()) {
      if (lag < model.atOnce()) {
        throw section.wrong(
            "lags",
            "expected %d steps or more, because so many are said at once, got %d; read further back, or say"
                + " fewer at once (model.direct)",
            model.atOnce(),
            lag);
      }
    }
  }

  private Committee committee() {
    return new Committee(
        config.model(),
        moments.between(0, borders.valid()),
        moments.between(borders.valid(), borders.test()));
  }

  private boolean solve() {
    forecaster.forecastNetwork().trunk().ifPresent(trunk -> trunk.assign(committee.get().maps()));
    return true;
  }

  @Override
  public NnModule module() {
    return forecaster.network();
  }

  @Override
  public Learner learner(Settings settings) {
    return learns() ? Job.super.learner(settings) : solver();
  }

  /// Whether anything learns step by step.
  boolean learns() {
    return forecaster.forecastNetwork().learns();
  }

  /// Whether maps that are solved say all.
  boolean solves() {
    return !learns() && forecaster.forecastNetwork().trunk().isPresent();
  }

  /// What learns where nothing does.
  Learner solver() {
    return new SolvedLearner(solved::get, this::evaluate);
  }

  @Override
  public Feed<Batch> batches(int epoch, RandomGenerator random) {
    solved.get();
    int[] order = Shuffle.order(train.size(), random);
    int size = training.batchSize();
    return Feed.of(
        new AbstractList<Batch>() {
          @Override
          public Batch get(int index) {
            int to = Math.min(order.length, (index + 1) * size);
            return batch(IntStream.range(index * size, to).map(i -> order[i]));
          }

          @Override
          public int size() {
            return Math.ceilDiv(order.length, size);
          }
        });
  }

  private Batch batch(IntStream windows) {
    var items =
        windows
            .mapToObj(
                w -> new Sayer.Asked(scaled.get(train.series(w)), table.timeline(), train.at(w)))
            .map(forecaster.sayer()::learned)
            .toList();
    return Batch.of(items, Padding.RIGHT);
  }

  @Override
  public OptionalLong batchesPerEpoch() {
    return OptionalLong.of(Math.ceilDiv(train.size(), training.batchSize()));
  }

  @Override
  public Tensor loss(Batch batch) {
    var said = forecaster.forecastNetwork().forward(batch); // (B,T,Q)
    var right = Columns.numbers(batch, ForecastNetwork.TARGET).unsqueeze(2); // (B,T,1)
    return switch (config.model().loss()) {
      case MSE -> Losses.mse(said, right, Reduction.MEAN);
      case MAE -> Losses.l1(said, right, Reduction.MEAN);
      case HUBER -> Losses.huber(said, right, 1, Reduction.MEAN);
      case QUANTILE -> pinball(said, right);
    };
  }

  /// The mean over the ends of the interval and the median. // (B,T,3), (B,T,1)
  private Tensor pinball(Tensor said, Tensor right) {
    float tail = (float) (1 - config.model().coverage()) / 2;
    var quantiles = Tensor.of(new float[] {tail, 0.5f, 1 - tail}, 1, 1, 3);
    var error = right.minus(said); // (B,T,3)
    return error.times(quantiles).maximum(error.times(quantiles.minus(1))).mean();
  }

  @Override
  public Map<String, Double> evaluate() {
    return forecaster.walk(table, scaled).points(valid, borders.valid()).metrics();
  }

  /// Sees how far intervals must reach.
  @Override
  public void finish() {
    forecaster.reach(forecaster.walk(table, scaled).scores(valid));
  }

  @Override
  public List<Metric> metrics() {
    var metrics = new ArrayList<>(Judgement.OF_POINTS);
    metrics.add(Metric.low("quantile_loss", "of the numbers"));
    metrics.add(Metric.high("coverage"));
    return metrics;
  }

  /// The simple method that is best on the part to validate.
  @Override
  public Floor floor() {
    var tables = new FloorTable(config, scaled, borders);
    floors = tables.lines(committee.get().floor(), valid, test);
    var best = FloorTable.best(floors);
    return new Floor(best.name(), best.metrics());
  }

  @Override
  public Evaluation test() {
    var judged = forecaster.review(table).judged(test, borders.valid());
    var sections = new ArrayList<>(judged.evaluation().sections());
    if (!floors.isEmpty()) {
      sections.addFirst(FloorTable.section(floors));
    }
    if (refitEvery > 0) {
      sections.add(refitted(judged.judgement()));
    }
    return new Evaluation(
        judged.evaluation().metrics(),
        Intervals.none(),
        sections,
        judged.evaluation().predictions(),
        judged.evaluation().notices());
  }

  /// What it brings to solve the maps again on the way, beside those that are saved.
  private ReportSection refitted(Judgement once) {
    var other = Forecaster.begun(config, table, borders, seed);
    var again = new Resolving(table, borders, moments, committee.get()).judged(other, refitEvery);
    String name = "solved again every %d steps".formatted(refitEvery);
    return FloorTable.section(
        "refitted",
        "maps",
        List.of(
            new FloorTable.Line("solved once, as saved", false, 0, once.metrics()),
            new FloorTable.Line(name, false, 0, again.metrics())));
  }

  @Override
  public Sizes sizes() {
    return new Sizes(train.size(), valid.size(), test.size());
  }

  @Override
  public Forecaster predictor() {
    return forecaster;
  }

  @Override
  public List<String> notices() {
    var notices = new ArrayList<>(table.found());
    var model = config.model();
    notices.add(
        "reads %d steps and says %d; a season has %d"
            .formatted(model.lookBack(), model.horizon(), model.season()));
    long few =
        table.series().stream()
            .filter(each -> each.first() + model.lookBack() + model.atOnce() > borders.valid())
            .count();
    if (few > 0) {
      notices.add("%,d series are too short to learn from".formatted(few));
    }
    return notices;
  }
}
