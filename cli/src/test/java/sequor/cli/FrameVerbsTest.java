package sequor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every verb does with runs that read sequences of numbers.
class FrameVerbsTest {
  @TempDir static Path folder;

  private static String classifier;
  private static String tagger;

  /// Lamps: a switch turns them on, another off, and the bright ones go on twice as often.
  @BeforeAll
  static void train() throws IOException {
    var random = new SplittableRandom(4);
    var lines = new ArrayList<>(List.of("lamp,second,on,off,state,kind,room"));
    for (int lamp = 0; lamp < 90; lamp++) {
      boolean lit = false;
      boolean busy = lamp % 2 == 0;
      for (int second = 0; second < 8 + lamp % 5; second++) {
        boolean on = random.nextInt(busy ? 2 : 6) == 0;
        boolean off = !on && random.nextInt(3) == 0;
        lit = on || (lit && !off);
        lines.add(
            "%d,%d,%d,%d,%s,%s,cellar"
                .formatted(
                    lamp,
                    second,
                    on ? 1 : 0,
                    off ? 1 : 0,
                    lit ? "lit" : "dark",
                    busy ? "busy" : "calm"));
      }
    }
    Files.write(folder.resolve("lamps.csv"), lines);
    classifier = path("runs/kinds");
    tagger = path("runs/states");
    var classified =
        Program.run(
            "train",
            "classify",
            "--data",
            path("lamps.csv"),
            "--sequence",
            "lamp",
            "--label",
            "kind",
            "--values",
            "on,off",
            "--set",
            "training.epochs=5",
            "--out",
            classifier);
    assertThat(classified.err())
        .contains(
            "90 sequences", "label  kind: 2 different: busy 45, calm 45", "data.step='second'");
    assertThat(classified.out()).contains("floor: naive Bayes over what each column does");
    var tagged =
        Program.run(
            "train",
            "tag",
            "--data",
            path("lamps.csv"),
            "--sequence",
            "lamp",
            "--label",
            "state",
            "--values",
            "on,off",
            "--set",
            "training.epochs=12",
            "--out",
            tagger,
            "--json");
    assertThat(tagged.err()).doesNotContain("sequor:");
    var summary = tagged.objects().getLast();
    assertThat(summary.number("test.accuracy")).isGreaterThan(0.97);
    assertThat(summary.number("test.accuracy")).isGreaterThan(summary.number("floor.accuracy"));
    assertThat(summary.names())
        .contains("test.sequence_accuracy")
        .doesNotContain("test.unseen_accuracy");
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void eachRowGainsWhatIsSaidOfItsStep() throws IOException {
    var out = path("states.csv");
    Program.run("predict", tagger, "--file", path("lamps.csv"), "--out", out);
    var lines = Files.readAllLines(Path.of(out));

    assertThat(lines).hasSize(Files.readAllLines(folder.resolve("lamps.csv")).size());
    assertThat(lines.getFirst())
        .isEqualTo("lamp,second,on,off,state,kind,room,predicted,probability");
    long right = lines.stream().filter(line -> line.matches(".*,(lit|dark),.*,\\1,.*")).count();
    assertThat(right).isGreaterThan((long) (0.97 * lines.size()));
  }

  @Test
  void eachRowGainsWhatIsSaidOfItsSequence() throws IOException {
    var said =
        Program.run("predict", classifier, "--file", path("lamps.csv")).out().lines().toList();
    var first = said.stream().filter(line -> line.startsWith("7,")).toList();

    assertThat(first).hasSize(8 + 7 % 5);
    assertThat(first.stream().map(line -> line.replaceFirst(".*cellar", "")).distinct()).hasSize(1);
    var objects =
        Program.run("predict", classifier, "--file", path("lamps.csv"), "--json").objects();
    assertThat(objects).hasSize(90);
    assertThat(objects.getFirst().text("label")).isIn("busy", "calm");
  }

  @Test
  void anotherFileIsJudged() {
    var judged =
        Program.run("evaluate", tagger, "--data", path("lamps.csv"), "--json").objects().getLast();

    assertThat(judged.number("test.accuracy")).isGreaterThan(0.97);
    assertThat(Program.run("evaluate", classifier, "--json").code()).isZero();
  }

  /// Lists in an object a line, one of each column, need no column that tells sequences apart.
  @Test
  void listsAreSequences() throws IOException {
    var lines = new ArrayList<String>();
    for (int i = 0; i < 80; i++) {
      boolean up = i % 2 == 0;
      lines.add(
          "{\"x\": [%d, 1%s], \"y\": [0.5, 2e-1%s], \"kind\": \"%s\", \"signs\": [\"a\", \"b\"%s]}"
              .formatted(
                  up ? 0 : 2,
                  i % 3 == 0 ? ", 1" : "",
                  i % 3 == 0 ? ", 0" : "",
                  up ? "up" : "down",
                  i % 3 == 0 ? ", \"b\"" : ""));
    }
    var file = Files.write(folder.resolve("lists.jsonl"), lines).toString();
    var classified =
        Program.run(
            "train",
            "classify",
            "--data",
            file,
            "--values",
            "x,y",
            "--label",
            "kind",
            "--set",
            "training.epochs=10",
            "--out",
            path("runs/lists"));
    assertThat(classified.err()).contains("80 sequences, 187 steps");
    Program.run(
        "train",
        "tag",
        "--data",
        file,
        "--values",
        "x,y",
        "--label",
        "signs",
        "--set",
        "training.epochs=10",
        "--out",
        path("runs/signs"));
    var said = Program.run("predict", path("runs/lists"), "--file", file, "--json").objects();
    var tagged = Program.run("predict", path("runs/signs"), "--file", file, "--json").objects();

    assertThat(said.getFirst().text("label")).isEqualTo("up");
    assertThat(said.get(1).text("label")).isEqualTo("down");
    assertThat(tagged.getFirst().array("tags").texts()).containsExactly("a", "b", "b");
    Files.writeString(folder.resolve("odd.jsonl"), "{\"x\": [1, 2], \"y\": [1]}\n");
    Files.writeString(folder.resolve("worse.jsonl"), "{\"x\": [1, \"ten\"], \"y\": [1, 2]}\n");
    assertThat(Program.run("predict", path("runs/lists"), "--file", path("odd.jsonl")).err())
        .contains("odd.jsonl:1: expected as many numbers in y as in x, 2, got 1");
    assertThat(Program.run("predict", path("runs/lists"), "--file", path("worse.jsonl")).err())
        .contains("worse.jsonl:1: expected a number in column x, got 'ten'");
  }

  /// A row is a vector of its own where no column says otherwise.
  @Test
  void aVectorIsPutIntoWords() throws IOException {
    var lines = new ArrayList<>(List.of("id,light,heat,said"));
    for (int i = 0; i < 80; i++) {
      String light = i % 2 == 0 ? "dark" : "bright";
      String heat = i / 2 % 2 == 0 ? "cold" : "warm";
      lines.add("%d,%d,%d,a %s and %s room".formatted(i, i % 2, i / 2 % 2, light, heat));
    }
    Files.write(folder.resolve("rooms.csv"), lines);
    var trained =
        Program.run(
            "train",
            "translate",
            "--data",
            path("rooms.csv"),
            "--values",
            "light,heat",
            "--target",
            "said",
            "--set",
            "training.epochs=20",
            "--out",
            path("runs/rooms"),
            "--json");

    assertThat(trained.objects().getLast().number("test.exact")).isEqualTo(1);
    assertThat(trained.objects().getLast().text("floor.method")).contains("nearest");
    assertThat(Program.run("predict", path("runs/rooms"), "--file", path("rooms.csv")).out())
        .startsWith("id,light,heat,said,translation\n")
        .contains("3,1,1,a bright and warm room,a bright and warm room\n");
    assertThat(
            Program.run(
                    "train",
                    "translate",
                    "--data",
                    path("rooms.csv"),
                    "--values",
                    "light",
                    "--target",
                    "said",
                    "--set",
                    "model.reverse=true",
                    "--check")
                .err())
        .contains("model.reverse: expected false beside columns of numbers");
  }

  @Test
  void whatIsWrongIsSaid() throws IOException {
    Files.writeString(folder.resolve("odd.csv"), "lamp,second,on,off\n1,0,yes,0\n");
    Files.writeString(folder.resolve("few.csv"), "lamp,second,on\n1,0,1\n");

    assertThat(Program.run("predict", tagger, "--file", path("odd.csv")).err())
        .contains("odd.csv:2: expected a number in column on, got 'yes'");
    assertThat(Program.run("predict", tagger, "--file", path("few.csv")).err())
        .contains("expected a column 'off', got lamp, second, on");
    assertThat(Program.run("predict", tagger, "a text").err())
        .contains("expected a table with the columns on, off (--file x.csv), got a text");
    assertThat(
            Program.run(
                    "train",
                    "classify",
                    "--data",
                    path("lamps.csv"),
                    "--sequence",
                    "lamp",
                    "--label",
                    "state",
                    "--check")
                .err())
        .contains("expected one state in all steps of", "sequor train tag");
    assertThat(
            Program.run(
                    "train",
                    "classify",
                    "--data",
                    path("lamps.csv"),
                    "--sequence",
                    "bulb",
                    "--check")
                .err())
        .contains("data.sequence: expected a column of lamps.csv", "got 'bulb'");
    assertThat(
            Program.run(
                    "train",
                    "classify",
                    "--data",
                    path("lamps.csv"),
                    "--sequence",
                    "lamp",
                    "--label",
                    "kind",
                    "--set",
                    "model.ngrams=strong",
                    "--check")
                .err())
        .contains("model.ngrams: expected none beside columns of numbers");
    assertThat(
            Program.run(
                    "train",
                    "tag",
                    "--data",
                    path("lamps.csv"),
                    "--sequence",
                    "lamp",
                    "--label",
                    "kind",
                    "--set",
                    "model.counts=true",
                    "--check")
                .err())
        .contains("model.counts: expected false beside columns of numbers");
  }
}
