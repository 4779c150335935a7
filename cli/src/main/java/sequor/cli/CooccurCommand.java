package sequor.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import sequor.data.CorpusFormat;
import sequor.json.Json;
import sequor.settings.Places;
import sequor.settings.Settings;
import sequor.tasks.embed.WordRatios;

/// `sequor cooccur FILE|DIR FIRST SECOND WORD…`
@Command(
    name = "cooccur",
    description =
        "Shows how much likelier words stand near one word of a text than near another, as the table"
            + " of GloVe's paper does: cooccur corpus.txt ice steam solid gas water fashion.")
final class CooccurCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "FILE|DIR",
      description = "The text: a file, gzipped or not, or a folder of files.")
  Path text;

  @Parameters(index = "1", paramLabel = "FIRST", description = "The one word.")
  String first;

  @Parameters(index = "2", paramLabel = "SECOND", description = "The other.")
  String second;

  @Parameters(
      index = "3..*",
      arity = "1..*",
      paramLabel = "WORD",
      description = "Words that may stand near either.")
  List<String> probes;

  @Option(
      names = "--window",
      defaultValue = "10",
      paramLabel = "N",
      description = "How many words on each side are near (default: ${DEFAULT-VALUE}).")
  int window;

  @Mixin Output output;
  @Mixin Threads threads;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  CooccurCommand() {}

  @Override
  public Integer call() {
    if (window < 1) {
      throw new ParameterException(
          output.command.commandLine(), "--window: expected 1 or more, got " + window);
    }
    if (first.equals(second)) {
      throw new ParameterException(
          output.command.commandLine(), "SECOND: expected another word than FIRST, got " + second);
    }
    var nothing = new Settings(Json.object(), "data.", Places.NOWHERE);
    var texts = new CorpusFormat().open(text, nothing).map(row -> row.field("text"));
    var told = WordRatios.of(texts, first, second, probes, window);
    output.line(
        "%s %,d times, %s %,d times"
            .formatted(told.first(), told.firstCount(), told.second(), told.secondCount()));
    output.line(
        "%-20s %12s %12s %10s"
            .formatted("word", "near " + told.first(), "near " + told.second(), "ratio"));
    for (var ratio : told.ratios()) {
      output.result(
          Json.object()
              .with("word", ratio.word())
              .with("first", ratio.ofFirst())
              .with("second", ratio.ofSecond())
              .with("ratio", Double.isFinite(ratio.ratio()) ? ratio.ratio() : 0.0)
              .with("finite", Double.isFinite(ratio.ratio())),
          String.format(
              Locale.ROOT,
              "%-20s %12.2e %12.2e %10.3g",
              ratio.word(),
              ratio.ofFirst(),
              ratio.ofSecond(),
              ratio.ratio()));
    }
    return 0;
  }
}
