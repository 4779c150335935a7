package sequor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.json.JsonObject;

/// `sequor train embed`, and what a run of it answers
class EmbedVerbTest {
  private static final List<String> FEW =
      List.of(
          "--set",
          "tokens.min_frequency=2",
          "--set",
          "training.epochs=5",
          "--set",
          "training.learning_rate=0.1",
          "--set",
          "model.subsample=0");

  @TempDir private Path folder;

  private static String text(int lines) {
    var text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      text.append(i % 2 == 0 ? "the ship sails the wave " : "a horse trots over barley ");
      text.append(i % 3 == 0 ? "at night\n" : "by day\n");
    }
    return text.toString();
  }

  private Path corpus() throws IOException {
    return Files.writeString(folder.resolve("corpus.txt"), text(600));
  }

  private Program train(Path data, String... more) {
    var words = new ArrayList<>(List.of("train", "embed", "--data", data.toString()));
    words.addAll(List.of("--out", folder.resolve("run").toString()));
    words.addAll(FEW);
    words.addAll(List.of(more));
    return Program.run(words.toArray(String[]::new));
  }

  private JsonObject trained(Path data, String... more) {
    var result = train(data, more);
    assertThat(result.code()).as(result.err()).isZero();
    return Program.run("evaluate", folder.resolve("run").toString(), "--json").objects().getFirst();
  }

  @Test
  void aRunAnswersAllVerbs() throws IOException {
    var evaluated = trained(corpus());
    assertThat(evaluated.number("test.cloze_accuracy", 0, 1)).isGreaterThan(0.5);
    String run = folder.resolve("run").toString();
    assertThat(Program.run("neighbors", run, "ship", "-n", "3").out().lines()).hasSize(3);
    assertThat(Program.run("similarity", run, "ship", "horse").code()).isZero();
    assertThat(Program.run("predict", run, "ship wave").out()).startsWith("ship wave ");
    var questions =
        Files.writeString(
            folder.resolve("q.txt"), "ship\twave\t9\nship\tbarley\t1\nship\tbus\t5\n");
    var asked = Program.run("evaluate", run, "--data", questions.toString(), "--json");
    assertThat(asked.code()).as(asked.err()).isZero();
    var told = asked.objects().getFirst();
    assertThat(told.number("test.pair_coverage", 0, 1)).isBetween(0.66, 0.67);
    assertThat(told.number("test.spearman", -1, 1)).isIn(-1.0, 1.0);
    assertThat(Files.readString(folder.resolve("run/model/README.md")))
        .contains("vectors.bin", "feature-extraction");
  }

  @Test
  void aFolderOfFilesIsOneText() throws IOException {
    var data = Files.createDirectories(folder.resolve("data/below"));
    Files.writeString(data.resolve("a.txt"), text(100));
    try (var out = new GZIPOutputStream(Files.newOutputStream(data.resolve("b.txt.gz")))) {
      out.write(text(100).getBytes(UTF_8));
    }
    var objects =
        text(100)
            .lines()
            .map(line -> "{\"text\": \"" + line + "\"}")
            .collect(Collectors.joining("\n"));
    Files.writeString(data.resolve("c.jsonl"), objects);
    trained(folder.resolve("data"));
    var report =
        Program.run("neighbors", folder.resolve("run").toString(), "ship", "--json", "-n", "30");
    assertThat(report.objects()).hasSizeGreaterThan(9);
  }

  @Test
  void subwordsAnswerForWordsThatWereNeverSeen() throws IOException {
    trained(corpus(), "--set", "model.longest=4", "--set", "model.buckets=500");
    assertThat(Program.run("neighbors", folder.resolve("run").toString(), "ships").code()).isZero();
  }

  @Test
  void textThatIsNoneIsRefused() throws IOException {
    var empty = Files.writeString(folder.resolve("empty.txt"), "");
    assertThat(train(empty).err()).contains("expected text to learn from, got no words");
    var one = Files.writeString(folder.resolve("one.txt"), "word\n");
    assertThat(train(one).err()).contains("expected two words or more", "tokens.min_frequency");
    var binary = Files.write(folder.resolve("a.bin"), new byte[] {'P', 'K', 3, 4, 0, 0, 1, 2});
    assertThat(train(binary).err()).contains("expected a file of text, got a zip archive");
    var bytes = Files.write(folder.resolve("b.txt"), new byte[] {'a', ' ', (byte) 0xff, 'b'});
    assertThat(train(bytes).err()).contains("b.txt");
    byte[] whole;
    try (var memory = new ByteArrayOutputStream()) {
      try (var out = new GZIPOutputStream(memory)) {
        out.write(text(3000).getBytes(UTF_8));
      }
      whole = memory.toByteArray();
    }
    var cut = Files.write(folder.resolve("cut.txt.gz"), Arrays.copyOf(whole, whole.length / 2));
    var result = train(cut);
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("cut.txt.gz");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void aRunThatIsDoneCannotBeResumed() throws IOException {
    trained(corpus());
    assertThat(train(corpus(), "--resume").err()).contains("expected an unfinished run");
  }
}
