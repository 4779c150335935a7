package sequor.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import sequor.AtomicFile;
import sequor.data.Data;
import sequor.json.Json;
import sequor.recipes.OwnData;
import sequor.recipes.Recipe;
import sequor.recipes.Report;
import sequor.recipes.Run;
import sequor.recipes.Sweep;

/// `sequor train RECIPE`
@Command(
    name = "train",
    description =
        "Trains a recipe, judges it on the test split beside a simple method (its floor), and"
            + " writes the run.")
final class TrainCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RECIPE", description = "A recipe's name, or a .yaml file of your own.")
  String recipe;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Replace a value of the recipe, such as model.hidden_size=64.")
  List<String> overrides = new ArrayList<>();

  @Option(
      names = "--text",
      paramLabel = "COLUMN",
      description = "The same as --set data.text=COLUMN.")
  Optional<String> text = Optional.empty();

  @Option(
      names = "--pair",
      paramLabel = "COLUMN",
      description = "The same as --set data.pair=COLUMN: a second text that is read with it.")
  Optional<String> pair = Optional.empty();

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "The same as --set data.label=COLUMN.")
  Optional<String> label = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "The run directory (default: runs/RECIPE, or runs/RECIPE-2 and so on where"
              + " there is one).")
  Optional<Path> out = Optional.empty();

  @Option(names = "--seed", paramLabel = "N", description = "The same as --set training.seed=N.")
  Optional<Long> seed = Optional.empty();

  @Option(
      names = "--resume",
      description = "Go on with a run that was stopped, to the same result.")
  boolean resume;

  @Option(
      names = "--check",
      description = "Read the data, build the model, print the recipe, and stop before training.")
  boolean check;

  @Option(
      names = "--find-lr",
      description =
          "Try learning rates from far too small to far too large, say where the loss falls fastest,"
              + " draw it (RECIPE-lr.svg, or --out FILE.svg), and stop before training.")
  boolean findRate;

  @Option(
      names = "--save-recipe",
      paramLabel = "FILE",
      description = "Write the recipe with every key and comment to a .yaml file.")
  Optional<Path> saved = Optional.empty();

  @Option(
      names = "--sweep",
      paramLabel = "KEY=A,B,…",
      description =
          "Train once with each of these values, with all combinations where it is given more than"
              + " once, and print a table.")
  List<String> sweep = List.of();

  @Option(
      names = "--variant",
      paramLabel = "NAME",
      description =
          "Train one of the variants of a recipe that has some; without it each is trained, and a table"
              + " printed.")
  Optional<String> variant = Optional.empty();

  @Mixin PairColumns pairs;
  @Mixin SeriesColumns series;
  @Mixin FrameColumns frames;
  @Mixin Output output;
  @Mixin Threads threads;
  @Mixin DataSource data;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  TrainCommand() {}

  @Override
  public Integer call() throws IOException {
    requireSense();
    var own = loaded(List.of());
    own.found().forEach(output::line);
    var loaded = own.recipe();
    var each = each(loaded);
    if (saved.isPresent()) {
      AtomicFile.write(saved.get(), loaded.resolved());
      output.line("recipe written to " + saved.get());
    }
    if (check) {
      return checked(loaded);
    }
    if (findRate && !each.isEmpty()) {
      throw misuse("--find-lr: expected one training, got variants; take one of them (--variant)");
    }
    if (findRate) {
      return foundRate(loaded);
    }
    if (!each.isEmpty()) {
      return swept(each);
    }
    var arguments = output.command.commandLine().getParseResult().originalArgs();
    var folder = out.isPresent() ? out.get() : folder(loaded.name());
    var report = trained(loaded, folder, arguments);
    output.line(""); // between what went on and what it came to
    output.result(report.summary(), ReportText.of(report));
    return 0;
  }

  /// The trainings of a sweep, of the variants of a recipe, or of both.
  private List<Swept> each(Recipe recipe) {
    var each = new ArrayList<Swept>();
    for (var values : Sweep.of(sweep)) {
      var swept = sweep.isEmpty() ? recipe : loaded(values).recipe();
      var variants = swept.variants();
      if (variants.isEmpty() && !sweep.isEmpty()) {
        each.add(new Swept(values, set(values), swept));
      }
      for (var one : variants) {
        var all = new ArrayList<>(List.of("variant=" + one.variant()));
        all.addAll(values);
        var options = new ArrayList<>(List.of("--variant", one.variant()));
        options.addAll(set(values));
        each.add(new Swept(all, options, one));
      }
    }
    if (!each.isEmpty()) {
      requireNoFolder("variants", ", or take one of them (--variant)");
      each.forEach(one -> requireWhole(one.recipe));
    }
    return each;
  }

  private void requireSense() {
    if (saved.isPresent() && !saved.get().toString().matches(".*\\.ya?ml")) {
      throw misuse("--save-recipe: expected a .yaml file, got " + saved.get());
    }
    if (findRate && (check || resume || !sweep.isEmpty())) {
      throw misuse("--find-lr: expected no --check, --resume or --sweep, got one; leave it out");
    }
    if (findRate && out.isPresent() && !out.get().toString().endsWith(".svg")) {
      throw misuse("--find-lr: expected a .svg file as --out, got " + out.get());
    }
    if (!sweep.isEmpty()) {
      requireNoFolder("--sweep", "");
    }
  }

  /// All that it begins with is there, so that nothing is trained in vain before it.
  private void requireWhole(Recipe one) {
    for (var key : one.missing()) {
      throw misuse(
          "%s: expected what it begins with, got nothing at %s: %s; train that before, or others alone (--variant)"
              .formatted(one.name(), key, one.flat().get(key)));
    }
  }

  private static List<String> set(List<String> values) {
    return values.stream().flatMap(value -> Stream.of("--set", value)).toList();
  }

  private void requireNoFolder(String who, String otherwise) {
    if (resume || out.isPresent()) {
      throw misuse(
          "%s: expected neither --resume nor --out, got one of them; each training gets a folder of"
                  .formatted(who)
              + " its own"
              + otherwise);
    }
  }

  private ParameterException misuse(String message) {
    return new ParameterException(output.command.commandLine(), message);
  }

  /// One training of several, which is known to make sense before the first begins.
  ///
  /// @param values what the table says of it, each `key=value`
  /// @param options that train it alone
  private record Swept(List<String> values, List<String> options, Recipe recipe) {}

  /// What is to be trained, and what was found in a file of one's own.
  ///
  /// @param more values of a sweep, from which other things may follow for that file
  private OwnData loaded(List<String> more) {
    var all = new ArrayList<String>();
    text.ifPresent(column -> all.add(Recipe.override("data.text", column)));
    pair.ifPresent(column -> all.add(Recipe.override("data.pair", column)));
    label.ifPresent(column -> all.add(Recipe.override("data.label", column)));
    var parallel = pairs.files(data.file());
    if (parallel.isEmpty()) {
      all.addAll(pairs.overrides());
    }
    all.addAll(series.overrides());
    all.addAll(frames.overrides());
    seed.ifPresent(value -> all.add("training.seed=" + value));
    all.addAll(overrides);
    all.addAll(more);
    var file = parallel.or(data::file).or(() -> data.folder().filter(_ -> readsFolders(all)));
    file.ifPresent(path -> all.addFirst(Recipe.override("data.file", path.toString())));
    if (variant.isPresent()) {
      return new OwnData(Recipe.load(recipe, all).variant(variant.get()), List.of());
    }
    return file.isEmpty() || !Recipe.tasks().contains(recipe)
        ? new OwnData(Recipe.load(recipe, all), List.of())
        : OwnData.look(recipe, file.get(), all);
  }

  /// Whether a folder is what is learned from, and not where data sets lie.
  private boolean readsFolders(List<String> overrides) {
    return Data.readsFolders(Recipe.load(recipe, overrides).settings().section("data"));
  }

  private int checked(Recipe loaded) {
    var prepared = Run.prepare(loaded, data.finder());
    var sizes = prepared.job().sizes();
    prepared.job().pads().ifPresent(pads -> output.line(TrainProgress.line(pads)));
    prepared.job().notices().forEach(output::warn);
    output.line(prepared.job().summary().stripTrailing());
    output.result(
        Json.object()
            .with("recipe", loaded.name())
            .with("settings", loaded.settings().values())
            .with("train", sizes.train())
            .with("valid", sizes.valid())
            .with("test", sizes.test())
            .with("parameters", prepared.job().parameterCount()),
        loaded.resolved().stripTrailing());
    return 0;
  }

  private int foundRate(Recipe loaded) {
    var picture = out.orElse(Path.of(loaded.name() + "-lr.svg"));
    var bar = new ProgressBar(output.err(), !output.json && !output.quiet && Terminal.seesErrors());
    bar.say("trying learning rates …");
    var found = Run.findRate(loaded, data.finder(), picture, point -> {});
    bar.clear();
    output.line("picture: " + picture);
    var object =
        Json.object().with("steps", found.points().size()).with("picture", picture.toString());
    if (found.suggested().isEmpty()) {
      output.warn("the loss never fell before it diverged; look at the picture, and at the data");
      output.result(object, "no rate found");
      return 0;
    }
    String rate = String.format(Locale.ROOT, "%.1e", found.suggested().getAsDouble());
    output.result(
        object.with("learning_rate", Double.parseDouble(rate)),
        "learning rate %s: there the loss falls fastest; try --set training.learning_rate=%s"
            .formatted(rate, rate));
    return 0;
  }

  private int swept(List<Swept> trainings) throws IOException {
    var table = new SweepTable(output);
    try {
      for (var each : trainings) {
        output.line("sweep  " + String.join("  ", each.values));
        var report = trained(each.recipe, folder(each.recipe.name()), words(each.options));
        table.add(each.values, each.recipe, report);
      }
    } finally {
      table.print(); // those that went well
    }
    return 0;
  }

  /// The command of one training of a sweep.
  private List<String> words(List<String> options) {
    var words = new ArrayList<String>();
    boolean swept = false;
    for (var word : output.command.commandLine().getParseResult().originalArgs()) {
      if (!swept && !word.startsWith("--sweep")) {
        words.add(word);
      }
      swept = word.equals("--sweep"); // and its value
    }
    words.addAll(options);
    return words;
  }

  /// @param arguments of the command that is to go on with it, should it be stopped
  private Report trained(Recipe loaded, Path folder, List<String> arguments) throws IOException {
    var run = new Run(loaded, folder, data.finder(), InstantSource.system());
    try (var _ = new ResumeHint(output.err(), folder, arguments)) {
      return run.train(TrainProgress.of(output, loaded), resume);
    }
  }

  /// What the help ends with.
  static String recipes() {
    var text = new StringBuilder("%nThe recipes:%n".formatted());
    for (var name : Recipe.catalogue()) {
      var about = Recipe.load(name, List.of()).about();
      text.append("  %-28s  %s%n".formatted(name, about));
    }
    return text.append(
            """

            On a file of your own, with a column to read and a column to predict (and with
            model-language instead of classify to make up more texts like those in a column):
              sequor train classify --data mine.csv --text title --label topic
            """)
        .toString();
  }

  /// `runs/NAME`, or the first of `runs/NAME-2`, … that is free, which is made here so that no
  /// other training takes it; the last there is, to resume.
  private Path folder(String name) throws IOException {
    var folder = Path.of("runs", name);
    for (int i = 2; ; i++) {
      var next = Path.of("runs", name + "-" + i);
      if (resume ? !Files.exists(next) : isMade(folder)) {
        return folder;
      }
      folder = next;
    }
  }

  private static boolean isMade(Path folder) throws IOException {
    Files.createDirectories(folder.toAbsolutePath().getParent());
    try {
      Files.createDirectory(folder);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }
}
