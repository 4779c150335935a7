package sequor.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.Seed;
import sequor.models.RecurrentEncoder;
import sequor.nn.Embedding;
import sequor.nn.Linear;
import sequor.nn.Lstm;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.tasks.Columns;
import sequor.tasks.classify.Classifier;
import sequor.tasks.classify.Classify;
import sequor.tasks.classify.Example;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.text.Batches;
import sequor.text.Item;
import sequor.train.Adam;

/// The README's Java is compiled and run here, line by line.
class ReadmeTest {
  private static final String JAVA = "```java\n";

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
  void aClassifierInTenLines(@TempDir Path folder) {
    var reviews = new ArrayList<Example>();
    for (var film : List.of("film", "story", "cast", "end", "music", "joke", "scene", "plot")) {
      for (var word : List.of("fine", "good", "lovely")) {
        reviews.add(Example.of("a " + word + " " + film, "good"));
      }
      for (var word : List.of("dull", "bad", "awful")) {
        reviews.add(Example.of("a " + word + " " + film, "bad"));
      }
    }

    var classifier = Classify.with(RecurrentEncoder.gru(64)).epochs(20).seed(7).train(reviews);
    assertThat(classifier.predict("fine, in the end").label()).isEqualTo("good");
    classifier.predict("fine, in the end").label(); // "good"
    classifier.save(folder.resolve("models/reviews"));

    Classifier again = Classifier.load(folder.resolve("models/reviews")); // shared by threads
    assertThat(again.predict("a dull plot").label()).isEqualTo("bad");
    assertThat(again.predict("a dull plot")).isEqualTo(classifier.predict("a dull plot"));
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
        try (var tape = Tape.open(random)) { // no tape, no gradient
          var logits = reader.forward(Columns.ids(batch, "text"), Columns.spans(batch, "text"));
          tape.backward(logits.crossEntropy(Columns.ids(batch, "label")));
          adam.step();
        }
      }
    }
    assertThat(loss(reader, batches)).isLessThan(before / 4);
  }

  @Test
  void theReadmeShowsTheseLines() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    var shown = new ArrayList<String>();
    for (int at = readme.indexOf(JAVA); at >= 0; at = readme.indexOf(JAVA, at + 1)) {
      int start = at + JAVA.length();
      shown.addAll(code(readme.substring(start, readme.indexOf("```", start))));
    }
    var here = code(Files.readString(Path.of("src/test/java/sequor/examples/ReadmeTest.java")));
    assertThat(shown).isNotEmpty();
    assertThat(here).containsAll(shown);
  }

  /// Lines without indentation, comments and annotations, and without what a test says otherwise.
  private static List<String> code(String source) {
    return source
        .lines()
        .map(
            line ->
                line.replaceAll("//.*", "")
                    .replace("0.001f", "0.01f")
                    .replace("Path.of(\"models/reviews\")", "folder.resolve(\"models/reviews\")")
                    .strip())
        .filter(line -> !line.isEmpty() && !line.equals("@Override") && !line.contains("…"))
        .toList();
  }

  private static List<Item> firstTokenDecides() {
    return IntStream.range(0, 128)
        .mapToObj(
            i -> new Item().ids("text", new int[] {4 + i % 2, 6 + i % 3, 9}, 0).id("label", i % 2))
        .toList();
  }

  private static float loss(Reader reader, Batches batches) {
    var batch = batches.byLength().getFirst();
    return reader
        .forward(Columns.ids(batch, "text"), Columns.spans(batch, "text"))
        .crossEntropy(Columns.ids(batch, "label"))
        .item();
  }
}
