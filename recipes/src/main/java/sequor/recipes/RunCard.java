package sequor.recipes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sequor.Sha256;
import sequor.store.ModelDirectory;
import sequor.tasks.Generates;
import sequor.tasks.Predictor;
import sequor.tasks.ReportSection;

/// Makes the card of a model from what its training came to.
///
/// @param run where its folder stands
record RunCard(Path run, Recipe recipe, Report report, Predictor<?, ?> predictor) {
  /// @param model holds the weights
  /// @param pictures that it holds, by what they show
  ModelCard of(ModelDirectory model, Map<String, String> pictures) {
    var tables = report.test().sections(ReportSection.Table.class);
    return new ModelCard(
        recipe.name(),
        predictor.pipeline(),
        summary(model),
        List.of(data()),
        configuration(),
        new ModelCard.Results(
            report.test().metrics(), report.test().intervals(), report.floor(), tables),
        pictures,
        new ModelCard.Usage(command(), predictor.snippet(run.toString())),
        new ModelCard.Provenance(version(), recipe.command(), report.seed(), checksums(model)));
  }

  private String command() {
    return predictor instanceof Generates
        ? Shell.command(List.of("sequor", "generate", run.toString(), "--temperature", "0.8"))
        : Shell.command(
            predictor.columns().size() == 1
                ? List.of("sequor", "predict", run.toString(), predictor.example())
                : List.of("sequor", "predict", run.toString(), "--file", "mine.csv"));
  }

  private String summary(ModelDirectory model) {
    var summary = new StringBuilder(recipe.about());
    for (var notice : report.notices()) {
      summary.append(' ').append(Character.toUpperCase(notice.charAt(0)));
      summary.append(notice.substring(1)).append('.');
    }
    if (Files.exists(model.path().resolve("ngrams.bin"))) { // who passes it on should know
      summary.append(" It holds counts of the n-grams of its training texts, in ngrams.bin; where");
      summary.append(" n-grams are long, parts of the texts can be put together from them.");
    }
    return summary.toString().strip();
  }

  private ModelCard.Data data() {
    var sizes = report.sizes();
    String size =
        "%s / %,d / %,d examples to train, validate and test, %s"
            .formatted(
                sizes.train() < 0 ? "a stream of" : "%,d".formatted(sizes.train()),
                sizes.valid(),
                sizes.test(),
                report.data().split());
    var origin = report.data();
    String licence = origin.licence().isEmpty() ? "the user's own" : origin.licence();
    return new ModelCard.Data(origin.name(), size, licence, origin.source(), origin.sha256());
  }

  /// The sections that make the model, flat.
  private Map<String, String> configuration() {
    var flat = new LinkedHashMap<String, String>();
    var config = predictor.config();
    for (var section : List.of("tokens", "model")) {
      if (config.has(section)) {
        config
            .object(section)
            .members()
            .forEach((key, value) -> flat.put(section + "." + key, value.toString()));
      }
    }
    return flat;
  }

  private static Map<String, String> checksums(ModelDirectory model) {
    var file = Files.exists(model.weights()) ? model.weights() : model.vectors();
    return Map.of(String.valueOf(file.getFileName()), Sha256.of(file));
  }

  private static String version() {
    var descriptor = RunCard.class.getModule().getDescriptor();
    return descriptor == null ? "development" : descriptor.rawVersion().orElse("development");
  }
}
