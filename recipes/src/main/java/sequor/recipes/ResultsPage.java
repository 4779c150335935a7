package sequor.recipes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import sequor.json.JsonObject;
import sequor.tasks.Metric;
import sequor.train.Mode;

/// Results of recipes as a page of Markdown: one table, and below it what is needed to get each of
/// them again.
final class ResultsPage {
  private static final List<String> COLUMNS =
      List.of(
          "recipe",
          "metric",
          "result",
          "95 %",
          "floor",
          "book",
          "best published",
          "goal",
          "parameters",
          "time");

  private final StringBuilder out = new StringBuilder();

  private ResultsPage() {}

  /// @param all recipes that are trained
  /// @param comparisons by their recipe, those of its variants that are trained
  static String of(List<Result> all, SequencedMap<Recipe, List<Result>> comparisons) {
    var page = new ResultsPage();
    page.table(all);
    comparisons.forEach(page::comparison);
    all.forEach(page::details);
    return page.out.toString();
  }

  private void table(List<Result> all) {
    out.append(
        """
        # Results

        Written by `sequor reproduce`: each recipe trained from its start to its end as it stands,
        and judged once on the whole test split. 95 % is a bootstrap interval over the test
        examples. The floor is a simple method without a network on the same data; the book is the
        figure of the text that taught the model; the best is what was published for a small model
        from scratch.

        """);
    row(COLUMNS);
    row(COLUMNS.stream().map(column -> "---").toList());
    all.forEach(each -> row(cells(each)));
  }

  private void row(List<String> cells) {
    out.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static List<String> cells(Result result) {
    var report = result.report();
    var figures = result.recipe().figures();
    var metric = metric(result);
    String name = metric.name();
    return List.of(
        "[%1$s](#%1$s)".formatted(result.recipe().name()),
        name,
        number(report.object("test"), name),
        interval(report, name),
        number(report.object("floor").object("metrics"), name),
        orNothing(figures.book()),
        orNothing(figures.best()),
        goal(result, metric),
        whole(report, "parameters"),
        time(result));
  }

  /// Variants of a recipe side by side.
  private void comparison(Recipe recipe, List<Result> variants) {
    heading(recipe);
    var first = variants.getFirst();
    var metric = metric(first);
    row(List.of("variant", metric.name(), "95 %", "parameters", "texts a second", "time"));
    row(List.of("---", "---", "---", "---", "---", "---"));
    for (var each : variants) {
      var report = each.report();
      row(
          List.of(
              each.recipe().variant(),
              number(report.object("test"), metric.name()),
              interval(report, metric.name()),
              whole(report, "parameters"),
              whole(report, "examples_per_second"),
              time(each)));
    }
    out.append('\n');
    source(recipe, first);
    base(first);
  }

  private void heading(Recipe recipe) {
    out.append("\n## ").append(recipe.name()).append("\n\n");
    out.append(recipe.about()).append("\n\n");
  }

  /// What a result is of.
  private void source(Recipe recipe, Result result) {
    line("command", "`%s`".formatted(recipe.command()));
    line("data", data(result.report().object("data")));
    line("seed", result.report().value("seed").toString());
  }

  /// What it is to be compared with, and what made it.
  private void base(Result result) {
    line("floor", floor(result.report()));
    if (result.machine().has("threads")) {
      line("computed with", machine(result.machine()));
    }
  }

  private static String floor(JsonObject report) {
    var floor = report.object("floor");
    return floor.text("method") + ": " + metrics(floor.object("metrics"));
  }

  private static String whole(JsonObject report, String name) {
    return report.has(name)
        ? "%,d".formatted(report.wholeNumber(name, 0, Long.MAX_VALUE))
        : "–"; // a report from before it was counted
  }

  /// The one that the figures are of, or else the first that the floor has.
  private static Metric metric(Result result) {
    var metrics = result.report().array("metrics").objects().stream().map(Report::metric).toList();
    var floor = result.report().object("floor").object("metrics");
    String wanted = result.recipe().figures().metric();
    return metrics.stream()
        .filter(
            metric -> wanted.isEmpty() ? floor.has(metric.name()) : metric.name().equals(wanted))
        .findFirst()
        .orElseGet(() -> Metric.high(wanted.isEmpty() ? "accuracy" : wanted));
  }

  private static String number(JsonObject metrics, String name) {
    return metrics.has(name) ? number(metrics.number(name)) : "–";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String interval(JsonObject report, String name) {
    if (!report.has("intervals") || !report.object("intervals").has(name)) {
      return "–";
    }
    var interval = report.object("intervals").object(name);
    return number(interval.number("low")) + " to " + number(interval.number("high"));
  }

  private static String goal(Result result, Metric metric) {
    Optional<Double> goal = result.recipe().figures().goalNumber();
    var test = result.report().object("test");
    if (goal.isEmpty() || !test.has(metric.name())) {
      return "–";
    }
    double reached = test.number(metric.name());
    boolean isReached = metric.better() == Mode.MAX ? reached >= goal.get() : reached <= goal.get();
    return "%s %s, %s"
        .formatted(
            metric.better() == Mode.MAX ? "≥" : "≤",
            result.recipe().figures().goal(),
            isReached ? "reached" : "**not reached**");
  }

  private static String time(Result result) {
    long seconds = Math.round(result.report().number("seconds"));
    boolean resumed = result.machine().has("resumed") && result.machine().flag("resumed");
    String time = seconds < 100 ? seconds + " s" : Math.round(seconds / 60.0) + " min";
    return resumed ? "more than " + time : time; // what was before the stop is not counted
  }

  private static String orNothing(String text) {
    return text.isEmpty() ? "–" : text;
  }

  private void details(Result result) {
    var report = result.report();
    heading(result.recipe());
    source(result.recipe(), result);
    line("epochs", "%s, kept %s".formatted(report.value("epochs"), report.value("best_epoch")));
    line("test", metrics(report.object("test")));
    base(result);
  }

  private static String data(JsonObject data) {
    String sha256 = data.text("sha256");
    return "%s (%s), %s / %s / %s to train, validate and test, %s"
        .formatted(
            data.text("name"),
            sha256.isEmpty() ? "comes with Sequor" : "SHA-256 `" + sha256 + "`",
            data.value("train"),
            data.value("valid"),
            data.value("test"),
            data.text("split"));
  }

  private static String metrics(JsonObject metrics) {
    var all = new ArrayList<String>();
    metrics.names().forEach(name -> all.add(name + " " + number(metrics.number(name))));
    return String.join(", ", all);
  }

  private static String machine(JsonObject machine) {
    var facts = new ArrayList<String>();
    for (var fact : List.of("java", "kernels", "lanes", "threads", "cores", "memory")) {
      if (machine.has(fact)) {
        facts.add(fact + " " + machine.text(fact));
      }
    }
    return String.join("; ", facts);
  }

  private void line(String what, String text) {
    out.append("- ").append(what).append(": ").append(text).append('\n');
  }
}
