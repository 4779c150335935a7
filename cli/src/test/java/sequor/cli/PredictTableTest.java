package sequor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A table is read row by row, and gains what the model says of each.
class PredictTableTest {
  @TempDir static Path shared;
  @TempDir Path folder;

  private static String classifier;
  private static String generator;

  @BeforeAll
  static void train() throws IOException {
    var recipe = Program.recipe(shared, "words", "classify", "language");
    classifier = Program.trained(recipe, shared.resolve("classifier"));
    var model = Program.recipe(shared, "model", "model-language", "");
    generator = Program.trained(model, shared.resolve("generator"), "--set", "training.epochs=1");
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static Program predict(Path file, String... more) {
    var command = new ArrayList<>(List.of("predict", classifier, "--file", file.toString()));
    command.addAll(List.of(more));
    return Program.run(command.toArray(String[]::new));
  }

  @Test
  void otherColumnsAndTheOrderStay() throws IOException {
    var table = file("in.csv", "id,word,note\n7,ikik,b\n3,abab,a\n");

    var predicted = predict(table);

    assertThat(predicted.code()).isZero();
    assertThat(predicted.err()).isEmpty();
    assertThat(predicted.lines())
        .hasSize(3)
        .first()
        .isEqualTo("id,word,note,predicted,probability");
    assertThat(predicted.lines().get(1)).matches("7,ikik,b,Ikki,[01]\\.\\d{4}");
    assertThat(predicted.lines().get(2)).matches("3,abab,a,Abba,[01]\\.\\d{4}");
  }

  @Test
  void quotesTabsAndLineBreaksSurvive() throws IOException {
    var table = file("in.csv", "word,note\nabab,\"a \"\"b\"\", c\nd\"\n\"ik,ik\",\n");

    assertThat(predict(table).out())
        .startsWith("word,note,predicted,probability")
        .contains("abab,\"a \"\"b\"\", c\nd\",Abba,")
        .contains("\"ik,ik\",,Ikki,");
    var tabs = file("in.tsv", "\uFEFFword\tnote\r\nabab\ta, b\r\n\"ik\tik\"\tc\r\n");
    assertThat(predict(tabs).lines())
        .hasSize(3)
        .first()
        .isEqualTo("word\tnote\tpredicted\tprobability");
    assertThat(predict(tabs).out()).contains("abab\ta, b\tAbba\t", "\"ik\tik\"\tc\tIkki\t");
  }

  @Test
  void namesThatAreTakenGetANumber() throws IOException {
    var table = file("in.csv", "word,predicted,probability,probability_2\nabab,x,y,z\n");

    assertThat(predict(table).lines().getFirst())
        .isEqualTo("word,predicted,probability,probability_2,predicted_2,probability_3");
    var object = predict(table, "--json").objects().getFirst();
    assertThat(object.names())
        .containsExactly(
            "word",
            "predicted",
            "probability",
            "probability_2",
            "label",
            "probability_3",
            "labels",
            "cut");
    assertThat(object.text("probability")).isEqualTo("y");
    assertThat(object.text("label")).isEqualTo("Abba");
  }

  @Test
  void anotherColumnCanBeRead() throws IOException {
    var table = file("in.csv", "title,word\nikik,abab\n");

    assertThat(predict(table).out()).contains("ikik,abab,Abba,");
    assertThat(predict(table, "--text", "title").out()).contains("ikik,abab,Ikki,");
    var other = file("other.csv", "title\nikik\n");
    assertThat(predict(other, "--text", "title").code()).isZero();
    assertThat(predict(other).err())
        .isEqualTo(
            "sequor: %s: expected a column 'word', got title; name the one to read with --text%n"
                .formatted(other));
  }

  @Test
  void jsonLinesAreReadAndWritten() throws IOException {
    var lines =
        file(
            "in.jsonl",
            "{\"id\":1,\"of\":[\"x\",\"y\"],\"word\":\"abab\"}\n\n{\"id\":2,\"word\":\"ik\\nik\"}\n");

    var objects = predict(lines).objects();

    assertThat(objects).extracting(object -> object.text("word")).containsExactly("abab", "ik\nik");
    assertThat(objects.getFirst().toString()).startsWith("{\"id\":1,\"of\":[\"x\",\"y\"],");
    assertThat(objects).extracting(object -> object.text("label")).containsExactly("Abba", "Ikki");
    assertThat(predict(lines, "--json")).isEqualTo(predict(lines));
    var out = folder.resolve("out.tsv");
    assertThat(predict(lines, "--out", out.toString()).code()).isZero();
    assertThat(Files.readString(out))
        .startsWith("id\tof\tword\tpredicted\tprobability")
        .contains("\tabab\tAbba\t", "2\t\t\"ik\nik\"\tIkki\t");
  }

  @Test
  void packedTablesAreRead() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var packed = new GZIPOutputStream(bytes)) {
      packed.write("{\"word\":\"abab\"}\n".getBytes(StandardCharsets.UTF_8));
    }
    var lines = Files.write(folder.resolve("in.jsonl.gz"), bytes.toByteArray());

    assertThat(predict(lines).objects()).hasSize(1);
  }

  @Test
  void moreRowsThanFitABlockComeInOrder() throws IOException {
    var rows = new StringBuilder("n,word\n");
    for (int i = 0; i < 2500; i++) {
      rows.append(i).append(i % 2 == 0 ? ",abab\n" : ",ikik\n");
    }
    var table = file("in.csv", rows.toString());
    var out = folder.resolve("out.csv");

    var shown = predict(table);
    var written = predict(table, "--out", out.toString());

    assertThat(shown.lines()).hasSize(2501);
    for (int i = 0; i < 2500; i++) {
      assertThat(shown.lines().get(i + 1))
          .startsWith(i + (i % 2 == 0 ? ",abab,Abba," : ",ikik,Ikki,"));
    }
    assertThat(written).isEqualTo(new Program(0, "", "written to " + out + System.lineSeparator()));
    assertThat(Files.readString(out)).isEqualTo(shown.out());
  }

  @Test
  void aTableThatTurnsOutWrongLeavesWhatWasThere() throws IOException {
    var table = file("in.csv", "word,note\n" + "abab,a\n".repeat(1500) + "abab\n");
    var out = file("out.csv", "before");

    var refused = predict(table, "--out", out.toString());

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("in.csv:1502: ").hasLineCount(1);
    assertThat(out).hasContent("before");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2); // and no temporary file
    }
  }

  @Test
  void aTableCanBeWrittenOverItself() throws IOException {
    var table = file("in.csv", "word\nabab\n");

    assertThat(predict(table, "--out", table.toString(), "-q").err()).isEmpty();

    assertThat(Files.readAllLines(table))
        .hasSize(2)
        .first()
        .isEqualTo("word,predicted,probability");
  }

  @Test
  void aTableSaysWhatItsTextsDoAlone() throws IOException {
    var table = file("in.csv", "word\nabab\nikikikik\n\"\"\na\n");

    var rows = predict(table, "--json").objects();
    var alone = Program.run("predict", classifier, "abab", "ikikikik", "", "a", "--json").objects();

    for (int i = 0; i < 4; i++) {
      assertThat(rows.get(i).text("label")).isEqualTo(alone.get(i).text("label"));
      assertThat(rows.get(i).number("probability")).isEqualTo(alone.get(i).number("probability"));
    }
  }

  @Test
  void aLanguageModelSaysHowLikelyTheyAre() throws IOException {
    var table = file("in.csv", "word\nabab\n");

    var judged = Program.run("predict", generator, "--file", table.toString());

    assertThat(judged.lines()).hasSize(2).first().isEqualTo("word,nats,nats_per_token");
    assertThat(judged.lines().get(1)).matches("abab,\\d+\\.\\d{4},\\d+\\.\\d{4}");
    assertThat(Program.run("predict", generator, "abab", "--json").objects().getFirst().names())
        .contains("text", "nats", "nats_per_token", "perplexity");
  }
}
