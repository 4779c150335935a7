package sequor.tasks.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sequor.data.DataSet;
import sequor.data.Row;
import sequor.tasks.Toy;

/// A vocabulary of fifty thousand words learns and is judged in a small heap: the 64 texts of 100
/// words of one step have 320 million logits, which are 1.3 GB.
class LargeVocabularyTest {
  private static final int TEXTS = 64; // one batch
  private static final int WORDS = 800; // of each text, of which the model reads a hundred

  @Test
  void fiftyThousandWordsLearnInTwoHundredMegabytes() throws Exception {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx200m",
            "--add-modules",
            "jdk.incubator.vector",
            "-cp",
            System.getProperty("java.class.path"),
            Steps.class.getName());
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    assertThat(output).contains("vocabulary 51204", "learned");
  }

  /// What is done in that heap.
  static final class Steps {
    private Steps() {}

    public static void main(String[] arguments) {
      var texts =
          IntStream.range(0, TEXTS)
              .mapToObj(
                  i ->
                      IntStream.range(0, WORDS)
                          .mapToObj(w -> "w" + (i * WORDS + w))
                          .collect(Collectors.joining(" ")))
              .map(text -> Toy.row(text, ""))
              .toList();
      var job =
          Toy.train(
                  DataSet.of(texts, texts.subList(0, 16), List.<Row>of()),
                  "model-language",
                  "tokens.tokenizer=whitespace",
                  "tokens.max_size=60000",
                  "model.embedding_size=8",
                  "model.hidden_size=8",
                  "tokens.max_length=100",
                  "training.batch_size=" + TEXTS,
                  "training.optimizer=sgd",
                  "training.epochs=1")
              .job();
      double nats = job.evaluate().getOrDefault("nats_per_token", Double.NaN);
      int size = ((Generator) job.predictor()).tokenizer().vocabulary().size();
      IO.println("vocabulary " + size);
      if (nats > 0 && nats < 2 * Math.log(size)) {
        IO.println("learned");
      }
    }
  }
}
