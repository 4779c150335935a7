package sequor.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sequor.nn.Embedding;
import sequor.nn.Linear;
import sequor.nn.Lstm;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.tensor.Ids;
import sequor.tensor.Seed;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.text.Batches;
import sequor.text.Sequence;
import sequor.train.Adam;

/// The README's Java is compiled and run here, line by line.
class ReadmeTest {
  record Reader(Embedding embedding, Lstm lstm, Linear head) implements NnModule {
    @Override
    public Parts parts() {
      return Parts.of("embedding", embedding).and("lstm", lstm).and("head", head);
    }

    Tensor forward(Ids ids, Spans spans) { // (B,T)
      var output = lstm.forward(embedding.forward(ids), spans);
      return head.forward(output.last().h()); // (B,C)
    }
  }

  @Test
  void theModelLearns() {
    var random = new Seed(1).generator();
    var reader =
        new Reader(
            new Embedding(10, 8, random), new Lstm(8, 16, random), new Linear(16, 2, random));
    var batches = Batches.of(firstTokenDecides()).withSize(16);
    float before = loss(reader, batches);

    var adam = new Adam(reader.parameters(), 0.01f);
    for (int epoch = 0; epoch < 10; epoch++) {
      for (var batch : batches.shuffled(random)) {
        var spans = Spans.right(batch.lengths(), batch.steps());
        try (var tape = Tape.open(random)) { // no tape, no gradient
          var scores = reader.forward(Ids.of(batch.ids(), batch.batch(), batch.steps()), spans);
          tape.backward(scores.crossEntropy(Ids.of(batch.targets())));
          adam.step();
        }
      }
    }
    assertThat(loss(reader, batches)).isLessThan(before / 4);
  }

  @Test
  void theReadmeShowsTheseLines() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    int start = readme.indexOf("```java\n") + "```java\n".length();
    var shown = code(readme.substring(start, readme.indexOf("```", start)));
    var here = code(Files.readString(Path.of("src/test/java/sequor/examples/ReadmeTest.java")));
    assertThat(shown).isNotEmpty();
    assertThat(here).containsAll(shown);
  }

  /// Lines without indentation, comments and annotations, and without what a test says otherwise.
  private static List<String> code(String source) {
    return source
        .lines()
        .map(line -> line.replaceAll("//.*", "").replace("0.001f", "0.01f").strip())
        .filter(line -> !line.isEmpty() && !line.equals("@Override"))
        .toList();
  }

  private static List<Sequence> firstTokenDecides() {
    return IntStream.range(0, 128)
        .mapToObj(i -> Sequence.labelled(new int[] {4 + i % 2, 6 + i % 3, 9}, i % 2))
        .toList();
  }

  private static float loss(Reader reader, Batches batches) {
    var batch = batches.byLength().getFirst();
    var ids = Ids.of(batch.ids(), batch.batch(), batch.steps());
    return reader
        .forward(ids, Spans.right(batch.lengths(), batch.steps()))
        .crossEntropy(Ids.of(batch.targets()))
        .item();
  }
}
