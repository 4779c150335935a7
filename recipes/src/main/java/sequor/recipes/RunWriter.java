package sequor.recipes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import sequor.store.AtomicFile;
import sequor.store.ModelDirectory;
import sequor.store.RunDirectory;
import sequor.train.ConfusionMatrix;
import sequor.train.TrainingListener.Epoch;

/// Writes what a training came to: the model, its report and card, and pictures.
final class RunWriter {
  private static final int MOST_LABELS_DRAWN = 100;

  private final RunDirectory run;
  private final Recipe recipe;
  private final Learning learning;

  RunWriter(RunDirectory run, Recipe recipe, Learning learning) {
    this.run = run;
    this.recipe = recipe;
    this.learning = learning;
  }

  /// Writes everything; `config.json` comes last, so a model that has one is whole.
  ///
  /// @param cut says how many texts were cut, if any were
  /// @return what could not be drawn, and why
  List<String> write(Job job, Report report, Optional<String> cut) throws IOException {
    var model = run.model();
    model.writeWeights(job.module().parameters());
    job.writeVocabulary(model);
    model.report().write(report.json());
    var warnings = pictures(report, model);
    AtomicFile.write(model.card(), card(job, report, model, cut).markdown());
    model.config().write(job.trained().config());
    return warnings;
  }

  private List<String> pictures(Report report, ModelDirectory model) {
    var warnings = new ArrayList<String>();
    draw(curves(report), "curves", model, warnings);
    if (isDrawn(report.confusion())) {
      var confusion = report.confusion().get();
      var picture =
          ConfusionPicture.of(recipe.name() + ", test split", confusion.labels(), confusion::count);
      draw(picture, "confusion", model, warnings);
    }
    return warnings;
  }

  /// Nobody can read a larger table.
  private static boolean isDrawn(Optional<ConfusionMatrix> confusion) {
    return confusion.filter(matrix -> matrix.labels().size() <= MOST_LABELS_DRAWN).isPresent();
  }

  /// Into the run, and for the card into the model.
  private void draw(Picture picture, String name, ModelDirectory model, List<String> warnings) {
    picture.save(run.curves(), name).ifPresent(warnings::add);
    AtomicFile.write(model.path().resolve(name + ".svg"), picture.svg());
  }

  /// The losses above, the metric that was watched below, with its floor.
  private Curves curves(Report report) {
    String watched = learning.watched();
    String loss = watched.equals("nats_per_char") ? watched : "loss";
    var losses = Curves.Panel.of("loss (nats)").and("train", values(report, "train_loss"));
    losses = losses.and("valid", values(report, loss));
    var second = watched.equals(loss) ? "accuracy" : watched;
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

  private static List<Double> values(Report report, String metric) {
    ToDoubleFunction<Epoch> value = epoch -> epoch.metrics().getOrDefault(metric, Double.NaN);
    return report.history().stream().mapToDouble(value).boxed().toList();
  }

  private ModelCard card(Job job, Report report, ModelDirectory model, Optional<String> cut)
      throws IOException {
    boolean classifies = job.trained() instanceof Classifier;
    var pictures = new LinkedHashMap<String, String>();
    pictures.put("How training went", "curves.svg");
    if (isDrawn(report.confusion())) {
      pictures.put("What was taken for what", "confusion.svg");
    }
    var checksums = new LinkedHashMap<String, String>();
    checksums.put("model.safetensors", Data.sha256(model.weights()));
    return new ModelCard(
        recipe.name(),
        classifies ? "text-classification" : "text-generation",
        summary(model, cut),
        List.of(data(report)),
        configuration(job),
        new ModelCard.Results(report.test(), report.floor(), classes(report)),
        pictures,
        classifies ? predicting() : generating(),
        new ModelCard.Provenance(version(), recipe.command(), report.seed(), checksums));
  }

  /// Whoever passes a model on should know what it gives away.
  private String summary(ModelDirectory model, Optional<String> cut) {
    return recipe.about()
        + cut.map(notice -> " " + notice + ".").orElse("")
        + (Generator.ngrams(model).exists()
            ? " It holds the texts it was trained on, as ids, in `ngrams.json`."
            : "");
  }

  private static ModelCard.Data data(Report report) {
    String size =
        report.sizes().stream().map("%,d"::formatted).collect(Collectors.joining(" / "))
            + " examples to train, validate and test, "
            + report.data().split();
    var origin = report.data();
    String licence = origin.licence().isEmpty() ? "the user's own" : origin.licence();
    return new ModelCard.Data(origin.name(), size, licence, origin.source(), origin.sha256());
  }

  /// The sections that make the model, flat.
  private static Map<String, String> configuration(Job job) {
    var flat = new LinkedHashMap<String, String>();
    for (var section : List.of("tokens", "model")) {
      job.trained()
          .config()
          .object(section)
          .members()
          .forEach((key, value) -> flat.put(section + "." + key, value.toString()));
    }
    return flat;
  }

  private static List<ModelCard.OfClass> classes(Report report) {
    return report.confusion().stream()
        .flatMap(confusion -> confusion.rows().stream())
        .map(
            row ->
                new ModelCard.OfClass(
                    row.label(), row.precision(), row.recall(), row.f1(), row.support()))
        .toList();
  }

  private ModelCard.Usage predicting() {
    return new ModelCard.Usage(
        "sequor predict %s \"a text\"".formatted(run.path()),
        """
        if (Trained.load(Path.of("%s")) instanceof Classifier classifier) {
          IO.println(classifier.predict("a text").label());
        }\
        """
            .formatted(run.path()));
  }

  private ModelCard.Usage generating() {
    return new ModelCard.Usage(
        "sequor generate %s --temperature 0.8".formatted(run.path()),
        """
        if (Trained.load(Path.of("%s")) instanceof Generator generator) {
          var request = Generator.Request.of(0.8);
          generator.generate(request, 5, 1).forEach(made -> IO.println(made.text()));
        }\
        """
            .formatted(run.path()));
  }

  private static String version() {
    var descriptor = RunWriter.class.getModule().getDescriptor();
    return descriptor == null ? "development" : descriptor.rawVersion().orElse("development");
  }
}
