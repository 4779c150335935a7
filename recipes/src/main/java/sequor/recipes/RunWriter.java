package sequor.recipes;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import sequor.AtomicFile;
import sequor.FileException;
import sequor.charts.ConfusionPicture;
import sequor.charts.Curves;
import sequor.charts.Picture;
import sequor.charts.ReliabilityPicture;
import sequor.data.TableWriter;
import sequor.store.ModelDirectory;
import sequor.store.RunDirectory;
import sequor.tasks.Evaluation;
import sequor.tasks.LearningKeys;
import sequor.tasks.Metric;
import sequor.tasks.Predictor;
import sequor.tasks.ReportSection;
import sequor.tasks.Training;
import sequor.train.ConfusionMatrix;
import sequor.train.TrainingListener.Epoch;

/// Writes what a training came to: predictions, pictures, and the model with its report and card.
///
/// The model is put together in a folder beside its place and moved there when it is whole, so that
/// one that is stopped halfway is not taken for a model.
final class RunWriter {
  private static final int MOST_LABELS_DRAWN = 100; // nobody can read a larger table

  private final RunDirectory run;
  private final Recipe recipe;

  RunWriter(RunDirectory run, Recipe recipe) {
    this.run = run;
    this.recipe = recipe;
  }

  /// Writes everything.
  ///
  /// @return what was left out, and why
  Optional<String> write(Training job, Report report) {
    predictions(report.test().predictions());
    report.test().sections(ReportSection.Examples.class).forEach(this::examples);
    var draft = new ModelDirectory(run.path().resolve(".model.tmp"));
    Leftovers.delete(draft.path());
    job.predictor().save(draft);
    draft.report().write(report.json());
    var pictures = new LinkedHashMap<String, String>();
    draw(curves(report, LearningKeys.watched(job, recipe.settings())), "curves", draft);
    pictures.put("How training went", "curves.svg");
    var confusion = confusion(report.test());
    var drawn = confusion.filter(matrix -> matrix.labels().size() <= MOST_LABELS_DRAWN);
    if (drawn.isPresent()) {
      draw(picture(drawn.get()), "confusion", draft);
      pictures.put("What was taken for what", "confusion.svg");
    }
    for (var bins : report.test().sections(ReportSection.Reliability.class)) {
      draw(picture(bins), bins.title(), draft);
      pictures.put("How often it is right, by how sure it was", bins.title() + ".svg");
    }
    for (var courses : report.test().sections(ReportSection.Courses.class)) { // of the run alone
      AtomicFile.write(run.curves().resolve(courses.title() + ".svg"), picture(courses).svg());
    }
    var card = new RunCard(run.path(), recipe, report, job.predictor());
    AtomicFile.write(draft.card(), card.of(draft, pictures).markdown());
    job.floorModel().ifPresent(this::floor);
    move(draft.path(), run.model().path()); // last: a run that has it is finished
    return confusion.isPresent() && drawn.isEmpty()
        ? Optional.of(
            "no picture of what was taken for what: nobody could read one of %,d labels"
                .formatted(confusion.get().labels().size()))
        : Optional.empty();
  }

  /// The floor as a model beside the model, in `RUN/floor`.
  private void floor(Predictor<?, ?> floor) {
    var draft = run.path().resolve(".floor.tmp");
    Leftovers.delete(draft);
    floor.save(draft);
    move(draft, run.path().resolve("floor"));
  }

  /// To where a model may stand that was written before training was stopped.
  private static void move(Path draft, Path model) {
    Leftovers.delete(model);
    try {
      Files.move(draft, model, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw FileException.unwritable(model, e);
    }
  }

  /// What the model says of the test split, example by example.
  private void predictions(Evaluation.Predictions predictions) {
    table("predictions", predictions.columns(), predictions.rows());
  }

  private void examples(ReportSection.Examples examples) {
    var rows =
        examples.rows().stream().map(row -> row.stream().map(RunWriter::cell).toList()).toList();
    table(examples.title(), examples.columns(), rows);
  }

  private static String cell(Object value) {
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.4f", number)
        : value.toString();
  }

  private void table(String name, List<String> columns, List<List<String>> rows) {
    var text = new StringWriter();
    try (var table = new TableWriter(text, ',', columns)) {
      rows.forEach(table::row);
    }
    AtomicFile.write(run.path().resolve(name + ".csv"), text.toString());
  }

  private static Optional<ConfusionMatrix> confusion(Evaluation test) {
    return test.sections(ReportSection.Confusion.class).stream()
        .findFirst()
        .map(ReportSection.Confusion::matrix);
  }

  private Picture picture(ConfusionMatrix matrix) {
    return ConfusionPicture.of(recipe.name() + ", test split", matrix.labels(), matrix::count);
  }

  private Picture picture(ReportSection.Reliability reliability) {
    var bins =
        reliability.bins().stream()
            .map(
                bin ->
                    new ReliabilityPicture.Bin(
                        bin.low(), bin.high(), bin.count(), bin.accuracy(), bin.confidence()))
            .toList();
    return new ReliabilityPicture(recipe.name() + ", test split", bins, reliability.error());
  }

  private Picture picture(ReportSection.Courses courses) {
    var picture = Curves.of(recipe.name() + ", test split", courses.across());
    for (var course : courses.courses()) {
      var panel = Curves.Panel.of(course.name());
      for (var line : course.lines().entrySet()) {
        var points = line.getValue();
        panel =
            panel.and(
                line.getKey(),
                points.stream().map(ReportSection.Point::x).toList(),
                points.stream().map(ReportSection.Point::y).toList());
      }
      picture = picture.and(panel);
    }
    return picture;
  }

  /// Into the run, and for the card into the model.
  private void draw(Picture picture, String name, ModelDirectory model) {
    AtomicFile.write(run.curves().resolve(name + ".svg"), picture.svg());
    AtomicFile.write(model.path().resolve(name + ".svg"), picture.svg());
  }

  /// The losses above, the metric that was watched below, with its floor.
  private Curves curves(Report report, Metric watched) {
    var known =
        report.history().isEmpty()
            ? Map.<String, Double>of()
            : report.history().getFirst().metrics();
    String loss = known.containsKey("loss") ? "loss" : watched.name();
    var losses = Curves.Panel.of(named(report, loss)).and("train", values(report, "train_loss"));
    losses = losses.and("valid", values(report, loss));
    String second = watched.name().equals(loss) ? second(report, loss) : watched.name();
    var metric = Curves.Panel.of(second.replace('_', ' ')).and("valid", values(report, second));
    var floor = Optional.ofNullable(report.floor().metrics().get(second));
    if (floor.isPresent()) {
      metric = metric.level("floor", floor.get());
    }
    return Curves.of(recipe.name(), "epoch")
        .and(losses)
        .and(metric)
        .mark(report.bestEpoch(), "kept");
  }

  /// With its unit: `loss (nats)`.
  private static String named(Report report, String loss) {
    var unit =
        report.metrics().stream()
            .filter(metric -> metric.name().equals(loss))
            .map(Metric::unit)
            .findFirst()
            .orElse("");
    return unit.isEmpty() ? "loss" : "loss (" + unit + ")";
  }

  /// The first share that is good when it is high, or else the first metric.
  private static String second(Report report, String loss) {
    var others = report.metrics().stream().filter(metric -> !metric.name().equals(loss)).toList();
    return others.stream()
        .filter(metric -> metric.unit().isEmpty())
        .findFirst()
        .or(() -> others.stream().findFirst())
        .map(Metric::name)
        .orElse(loss);
  }

  private static List<Double> values(Report report, String metric) {
    ToDoubleFunction<Epoch> value = epoch -> epoch.metrics().getOrDefault(metric, Double.NaN);
    return report.history().stream().mapToDouble(value).boxed().toList();
  }
}
