package sequor.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import sequor.AtomicFile;
import sequor.data.Row;
import sequor.data.Sentence;
import sequor.data.Source;
import sequor.recipes.RecipeException;
import sequor.recipes.TrainedRun;
import sequor.tasks.Answer;
import sequor.tasks.Continues;
import sequor.tasks.Predictor;
import sequor.tasks.Searches;

/// `sequor predict RUN [TEXT…]`
@Command(
    name = "predict",
    description =
        "Says what a trained run makes of texts: from the arguments, a file, or standard"
            + " input, one result a line.")
final class PredictCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "RUN", description = "A run, such as runs/names.")
  Path run;

  @Parameters(
      index = "1..*",
      paramLabel = "TEXT",
      description =
          "What to look at; two texts that belong together, for a run that reads pairs, with a tab"
              + " between them.")
  List<String> texts = new ArrayList<>();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description =
          "Read a file: a table (.csv, .tsv, .jsonl), whose rows are printed with what is said of"
              + " them; words, one a line (.conllu, .conll), for a run that tags them; or texts in"
              + " UTF-8, one a line.")
  Optional<Path> file = Optional.empty();

  @Option(
      names = "--text",
      paramLabel = "COLUMN",
      description = "The column of the table to read (default: that which the run was trained on).")
  Optional<String> column = Optional.empty();

  @Option(
      names = "--pair",
      paramLabel = "COLUMN",
      description = "The column of the second text, of a run that reads pairs.")
  Optional<String> pair = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Write a table with what is said of each row (.csv, .tsv, .jsonl), or a file of words with"
              + " their tags.")
  Optional<Path> out = Optional.empty();

  @Option(
      names = "--top",
      paramLabel = "K",
      defaultValue = "3",
      description = "Show the K likeliest labels (default: ${DEFAULT-VALUE}).")
  int top;

  @Option(
      names = "--beam",
      paramLabel = "K",
      description =
          "Of a run that translates: keep the K best beginnings while looking for the best"
              + " translation; 1 is greedy (default: as it was trained with).")
  Optional<Integer> beam = Optional.empty();

  @Option(
      names = "--n-best",
      paramLabel = "N",
      description =
          "Of a run that translates: print the N best translations of each text, each with its score.")
  Optional<Integer> best = Optional.empty();

  @Option(
      names = "--horizon",
      paramLabel = "N",
      description =
          "Of a run that goes on with series: say N steps behind the end of the table (default: as it"
              + " was trained to).")
  Optional<Integer> horizon = Optional.empty();

  @Option(
      names = "--anomalies",
      description =
          "Of a run that goes on with series: print the numbers of the table that are outside of what was"
              + " to be expected.")
  boolean anomalies;

  @Mixin Output output;
  @Mixin Threads threads;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  PredictCommand() {}

  @Override
  public Integer call() throws IOException {
    requireSense();
    var trained = searching(TrainedRun.load(run));
    if (goesOn(trained)) {
      return 0;
    }
    if (!texts.isEmpty()) {
      print(trained.predictor().answerTexts(texts));
      return 0;
    }
    file.ifPresent(PredictCommand::requireNoFolder);
    var sentences = file.flatMap(trained::sentences);
    if (sentences.isPresent()) {
      sentences(trained, sentences.get());
      return 0;
    }
    requireTable();
    if (file.isPresent() && isTable(file.get())) {
      table(trained, file.get());
      return 0;
    }
    try (var lines = file.isPresent() ? TextLines.of(file.get()) : TextLines.ofStandardInput()) {
      lines.forEachSome(output, some -> print(trained.predictor().answerTexts(some)));
    }
    return 0;
  }

  /// Whether the run goes on with a table, which it has done.
  private boolean goesOn(TrainedRun trained) {
    boolean table = file.filter(PredictCommand::isTable).isPresent();
    if (!(trained.predictor() instanceof Continues run)) {
      if (horizon.isPresent() || anomalies) {
        throw misuse(
            "--horizon and --anomalies: expected a run that goes on with series, got another");
      }
      return false;
    }
    if (texts.isEmpty() && !table) {
      throw misuse("expected a table of what was so far (--file x.csv), got none");
    }
    if (table) {
      new SeriesWriter(output, out)
          .write(trained.rows(file.orElseThrow()), run, steps(), anomalies);
    }
    return table;
  }

  private OptionalInt steps() {
    if (horizon.orElse(1) < 1) {
      throw misuse("--horizon: expected 1 or more, got " + horizon.orElseThrow());
    }
    return horizon.map(OptionalInt::of).orElse(OptionalInt.empty());
  }

  /// A run that looks as wide as was asked for.
  private TrainedRun searching(TrainedRun trained) {
    if (beam.isEmpty() && best.isEmpty()) {
      return trained;
    }
    if (!(trained.predictor() instanceof Searches searches)) {
      throw misuse("--beam and --n-best: expected a run that translates, got another");
    }
    if (beam.isEmpty()) {
      return trained;
    }
    return trained.with(searches.withBeam(beam.get()));
  }

  private void requireSense() {
    if (top < 1) {
      throw misuse("--top: expected 1 or more, got " + top);
    }
    if (beam.orElse(1) < 1 || best.orElse(1) < 1) {
      throw misuse(
          "--beam and --n-best: expected 1 or more, got %d and %d"
              .formatted(beam.orElse(1), best.orElse(1)));
    }
    if (file.isPresent() && !texts.isEmpty()) {
      throw misuse("--file: expected texts or a file, got both");
    }
    if (file.isEmpty()) {
      requireTable();
    }
  }

  /// What is asked of a table makes no sense of anything else, but that the answers of a file of
  /// words may be written too.
  private void requireTable() {
    boolean table = file.filter(PredictCommand::isTable).isPresent();
    if ((column.isPresent() || pair.isPresent() || out.isPresent()) && !table) {
      throw misuse("--text, --pair and --out: expected a table (--file x.csv), got none");
    }
    if (out.isPresent() && !RowsWriter.writes(out.get())) {
      throw misuse("--out: expected a .csv, .tsv or .jsonl file, got " + out.get());
    }
  }

  private ParameterException misuse(String message) {
    return new ParameterException(output.command.commandLine(), message);
  }

  private static void requireNoFolder(Path file) {
    if (Files.isDirectory(file)) {
      throw new RecipeException(
          "%s: expected a file, got a folder; name a file in it".formatted(file));
    }
  }

  private static boolean isTable(Path file) {
    return RowsWriter.writes(Path.of(file.toString().replaceFirst("(?i)\\.gz$", "")));
  }

  private void print(List<? extends Answer> answers) {
    if (output.json) {
      answers.forEach(answer -> output.result(answer.json(best.orElse(top)), ""));
      return;
    }
    if (best.isPresent()) {
      answers.forEach(
          answer -> output.out().print(Columns.aligned(answer.ranked(best.get())) + "\n"));
      output.out().flush();
      return;
    }
    if (answers.stream().anyMatch(answer -> !answer.pieces().isEmpty())) {
      var writer = new PiecesWriter(output.out(), Terminal.seesColors());
      answers.forEach(writer::write);
      output.out().flush();
      return;
    }
    var rows = answers.stream().map(answer -> answer.cells(top)).toList();
    output.out().print(Columns.aligned(rows));
    output.out().flush();
  }

  /// The sentences of a file, in order, each as it stands there but for what is said of its words.
  private void sentences(TrainedRun trained, Source<Sentence> sentences) throws IOException {
    if (column.isPresent() || pair.isPresent()) {
      throw misuse("--text and --pair: expected a table (--file x.csv), got a file of words");
    }
    if (out.isEmpty()) {
      sentences(trained, sentences, output.out());
      output.out().flush();
      return;
    }
    AtomicFile.write(
        out.get(),
        stream -> {
          var writer =
              new PrintWriter(
                  new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8)));
          sentences(trained, sentences, writer);
          if (writer.checkError()) {
            throw new IOException("cannot write " + out.get());
          }
        });
    output.line("written to " + out.get());
  }

  private void sentences(TrainedRun trained, Source<Sentence> sentences, PrintWriter writer) {
    try (var cursor = sentences.open()) {
      var some = new ArrayList<Sentence>();
      while (cursor.hasNext() && !writer.checkError()) {
        some.add(cursor.next());
        if (some.size() == TextLines.AT_ONCE || !cursor.hasNext()) {
          write(trained, some, writer);
          some.clear();
        }
      }
    }
  }

  private void write(TrainedRun trained, List<Sentence> sentences, PrintWriter writer) {
    var rows = sentences.stream().filter(each -> each.size() > 0).map(Sentence::row).toList();
    var answers = trained.predictor().answerRows(rows).iterator();
    for (var sentence : sentences) {
      if (sentence.size() == 0) {
        sentence.lines().stream()
            .filter(line -> !output.json)
            .forEach(line -> writer.print(line + "\n"));
        continue;
      }
      var answer = answers.next();
      if (output.json) {
        writer.print(answer.json(top) + "\n");
      } else {
        trained.written(sentence, answer).forEach(line -> writer.print(line + "\n"));
      }
    }
  }

  /// The rows of a table, in order, each with what is said of it.
  private void table(TrainedRun trained, Path from) throws IOException {
    if (out.isPresent()) {
      AtomicFile.write(
          out.get(),
          stream -> {
            var writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
            rows(trained, from, new RowsWriter(writer, out.get(), top));
            writer.flush();
          });
      output.line("written to " + out.get());
      return;
    }
    var target = output.json ? Path.of("answers.jsonl") : from;
    rows(trained, from, new RowsWriter(output.out(), target, top));
  }

  private void rows(TrainedRun trained, Path from, RowsWriter writer) throws IOException {
    try (var cursor = trained.rows(from).open()) {
      var some = new ArrayList<Row>();
      while (cursor.hasNext()) {
        some.add(cursor.next());
        if (some.size() == TextLines.AT_ONCE || !cursor.hasNext()) {
          writer.write(some, answers(trained.predictor(), some, from));
          some.clear();
          if (output.out().checkError()) {
            return; // nobody reads on
          }
        }
      }
    }
    writer.flush();
  }

  private List<? extends Answer> answers(Predictor<?, ?> predictor, List<Row> rows, Path from) {
    if (pair.isPresent()) {
      return predictor.answerRows(renamed(predictor.columns(), rows, from));
    }
    if (column.isEmpty()) {
      predictor.columns().forEach(own -> requireColumn(rows.getFirst(), own, from));
      return predictor.answerRows(rows);
    }
    requireColumn(rows.getFirst(), column.get(), from);
    return predictor.answerTexts(rows.stream().map(row -> row.field(column.get())).toList());
  }

  /// The rows with only what a run of pairs reads, by the names that it knows.
  private List<Row> renamed(List<String> known, List<Row> rows, Path from) {
    if (known.size() != 2) {
      throw misuse("--pair: expected a run that reads pairs, got one that reads " + known);
    }
    String first = column.orElse(known.getFirst());
    String second = pair.orElse(known.getLast());
    requireColumn(rows.getFirst(), first, from);
    requireColumn(rows.getFirst(), second, from);
    return rows.stream()
        .map(
            row ->
                Row.of(
                    Map.of(known.getFirst(), row.field(first), known.getLast(), row.field(second))))
        .toList();
  }

  private static void requireColumn(Row row, String wanted, Path from) {
    if (!row.has(wanted)) {
      throw new RecipeException(
          "%s: expected a column '%s', got %s; name the one to read with --text"
              .formatted(from, wanted, String.join(", ", row.columns())));
    }
  }
}
