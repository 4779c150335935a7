package sequor.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import sequor.data.TextLinesFile;
import sequor.json.Json;
import sequor.recipes.RecipeException;
import sequor.train.Bleu;
import sequor.train.BleuTokenizer;
import sequor.train.Chrf;
import sequor.train.CorpusMetric;

/// `sequor score HYPOTHESES REFERENCES`
@Command(
    name = "score",
    description =
        "Scores a file of translations beside a file of those that are right, line by line: BLEU and"
            + " chrF, as sacreBLEU counts, with its signature.")
final class ScoreCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "HYPOTHESES", description = "Translations, one a line.")
  Path hypotheses;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "REFERENCES",
      description = "Right translations, one a line; several files where several are right.")
  List<Path> references;

  @Option(
      names = "--tokenize",
      paramLabel = "NAME",
      defaultValue = "13a",
      description = "What BLEU counts: 13a, intl, char or none (default: ${DEFAULT-VALUE}).")
  String tokenizer;

  @Option(names = "--lower-case", description = "Capital letters count for nothing.")
  boolean lowerCase;

  @Option(
      names = "--sentences",
      description = "Score each line too, of as many orders as it has words.")
  boolean sentences;

  @Mixin Output output;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ScoreCommand() {}

  @Override
  public Integer call() throws IOException {
    var bleu = new Bleu(tokenizer(), lowerCase);
    var chrf = new Chrf(6, 0, lowerCase);
    var said = TextLinesFile.read(hypotheses);
    var right = new ArrayList<List<String>>(); // each file's lines
    for (var file : references) {
      right.add(TextLinesFile.read(file));
      requireAsMany(said, right.getLast(), file);
    }
    long[] ofBleu = bleu.counts("", List.of(""));
    long[] ofChrf = chrf.counts("", List.of(""));
    for (int i = 0; i < said.size(); i++) {
      int line = i;
      var each = right.stream().map(lines -> lines.get(line)).toList();
      CorpusMetric.add(ofBleu, bleu.counts(said.get(i), each), 1);
      CorpusMetric.add(ofChrf, chrf.counts(said.get(i), each), 1);
      if (sentences) {
        double one = bleu.sentence(said.get(i), each.toArray(String[]::new)).score();
        double other = chrf.score(chrf.counts(said.get(i), each));
        output.result(
            Json.object().with("line", i + 1).with("bleu", one).with("chrf", other),
            "%6d  %6.2f  %6.2f".formatted(i + 1, one, other));
      }
    }
    var score = bleu.scoreOf(ofBleu);
    double characters = chrf.score(ofChrf);
    output.result(
        Json.object()
            .with("bleu", score.score())
            .with("precisions", score.precisions())
            .with("brevity_penalty", score.brevityPenalty())
            .with("hypothesis_length", score.hypothesisLength())
            .with("reference_length", score.referenceLength())
            .with("bleu_signature", bleu.signature(references.size()))
            .with("chrf", characters)
            .with("chrf_signature", chrf.signature(references.size()))
            .with("lines", said.size()),
        "BLEU  %s  %s%nchrF  %.2f  %s"
            .formatted(
                score,
                bleu.signature(references.size()),
                characters,
                chrf.signature(references.size())));
    return 0;
  }

  private BleuTokenizer tokenizer() {
    return Optional.of(tokenizer)
        .filter(name -> List.of("13a", "intl", "char", "none").contains(name))
        .map(BleuTokenizer::of)
        .orElseThrow(
            () ->
                new ParameterException(
                    output.command.commandLine(),
                    "--tokenize: expected 13a, intl, char or none, got " + tokenizer));
  }

  private void requireAsMany(List<String> said, List<String> right, Path file) {
    if (said.size() != right.size()) {
      throw new RecipeException(
          "score: expected as many lines in each file, got %,d in %s and %,d in %s; line by line they"
                  .formatted(said.size(), hypotheses, right.size(), file)
              + " belong together");
    }
  }
}
