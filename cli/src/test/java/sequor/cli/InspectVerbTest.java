package sequor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sequor.tasks.HeatMap;
import sequor.tasks.HeatMap.Axis;
import sequor.tasks.HeatMap.Scale;

/// `sequor inspect`
class InspectVerbTest {
  @TempDir static Path folder;

  private static String gru;
  private static String blocks;
  private static String strong;
  private static String pairs;

  @BeforeAll
  static void train() throws IOException {
    var recipe = Program.recipe(folder, "words", "classify", "language");
    gru = Program.trained(recipe, folder.resolve("runs/gru"));
    blocks =
        Program.trained(
            recipe,
            folder.resolve("runs/blocks"),
            "--set",
            "model.encoder=transformer",
            "--set",
            "model.hidden_size=8",
            "--set",
            "model.heads=2");
    var lone =
        Files.writeString(
            folder.resolve("strong.yaml"),
            """
            task: classify
            about: Counts.
            data:
              file: '%s'
              text: word
              label: language
            model:
              encoder: none
              ngrams: strong
            training:
              epochs: 1
            """
                .formatted(folder.resolve("words.csv")));
    strong = Program.trained(lone, folder.resolve("runs/strong"));
    var two = new StringBuilder("word,second,language\n");
    for (int i = 0; i < 40; i++) {
      two.append(i % 2 == 0 ? "ab,ab,same\n" : "ab,ik,other\n");
    }
    Files.writeString(folder.resolve("two.csv"), two);
    var both =
        Files.writeString(
            folder.resolve("pairs.yaml"),
            Files.readString(recipe)
                .replace("words.csv", "two.csv")
                .replace("  text: word\n", "  text: word\n  pair: second\n"));
    pairs = Program.trained(both, folder.resolve("runs/pairs"));
  }

  @Test
  void withoutMoreWordsWhatTellsMostIsShown() {
    var shown = Program.run("inspect", gru, "abab");
    assertThat(shown.code()).as(shown.err()).isZero();
    var lines = shown.lines();
    assertThat(lines.getFirst()).matches("abab → (Abba|Ikki) \\(\\d\\.\\d+\\)");
    assertThat(lines.get(2)).matches("what speaks for '(Abba|Ikki)', and against it");
    assertThat(lines.subList(3, 9)).allMatch(line -> line.contains("│"));
    assertThat(lines.get(4)).startsWith("a      ");
    assertThat(shown.out()).contains("nats of log-odds that a token adds").doesNotContain("\u001b");
    assertThat(shown.err())
        .isEqualTo(
            "seen: saliency; other views (--view): gates (--gate reset|update|new), hidden\n");
    assertThat(Program.run("inspect", gru, "abab", "-q").err()).isEmpty();
  }

  @Test
  void gatesAreReadDownwards() {
    var shown = Program.run("inspect", gru, "abik", "--view", "gates");
    assertThat(shown.out())
        .contains("gates, layer 1, forward\n↓ token   → gate\n", " reset update    new\n")
        .contains("gates, layer 1, backward");
    var one = Program.run("inspect", gru, "abik", "--view", "gates", "--gate", "update");
    assertThat(one.out()).contains("update, layer 1, forward", "value of a unit, from 0 to 1");
    assertThat(Program.run("inspect", gru, "abik", "--view", "hidden").out())
        .contains("↓ token   → unit");
  }

  @Test
  void headsAreShownOneByOne() {
    var mean = Program.run("inspect", blocks, "abik", "--view", "attention");
    assertThat(mean.out()).contains("attention, layer 2, mean of 2 heads\n↓ token   → token\n");
    assertThat(mean.err()).contains("seen: attention (--layer 1–2, --head 1–2)");
    var all =
        Program.run(
            "inspect", blocks, "abik", "--view", "attention", "--layer", "1", "--head", "all");
    assertThat(all.out()).contains("layer 1, head 1\n", "layer 1, head 2\n");
  }

  @Test
  void jsonIsOneObjectAndNothingElse() {
    var shown = Program.run("inspect", blocks, "abik", "--view", "attention", "--json");
    assertThat(shown.err()).isEmpty();
    assertThat(shown.objects()).hasSize(1);
    var object = shown.objects().getFirst();
    assertThat(object.text("view")).isEqualTo("attention");
    var map = object.array("maps").objects().getFirst();
    assertThat(map.object("rows").texts("labels"))
        .containsExactly("<bos>", "a", "b", "i", "k", "<eos>");
    assertThat(map.array("values").size()).isEqualTo(6);
    assertThat(map.object("scale").number("most")).isEqualTo(1);
    assertThat(object.array("views").objects())
        .extracting(view -> view.text("name"))
        .containsExactly("saliency", "attention", "hidden");
  }

  @Test
  void aPictureIsSvgOrPng() throws IOException {
    var svg = folder.resolve("seen.svg");
    var written = Program.run("inspect", gru, "ab<ik", "--out", svg.toString());
    assertThat(written.out()).startsWith("picture: " + svg + "; how much each token speaks");
    assertThat(svg).content().contains("<svg", "ab&lt;ik → ");
    var png = folder.resolve("seen.png");
    var drawn =
        Program.run("inspect", gru, "abik", "--view", "gates", "--out", png.toString(), "--json");
    assertThat(drawn.objects().getFirst().text("picture")).isEqualTo(png.toString());
    assertThat(ImageIO.read(png.toFile()).getWidth()).isGreaterThan(400);
  }

  @Test
  void standardInputIsReadLineByLine() {
    var shown = Program.runWith("abab\nikik\n", "inspect", gru, "--json");
    assertThat(shown.objects())
        .extracting(object -> object.text("text"))
        .containsExactly("abab", "ikik");
    String out = folder.resolve("one.svg").toString();
    assertThat(Program.runWith("abab\n", "inspect", gru, "--out", out).code()).isZero();
    assertThat(Program.runWith("abab\nikik\n", "inspect", gru, "--out", out).err())
        .contains("--out: expected one text for one picture, got more on standard input");
    assertThat(Program.run("inspect", gru, "abab", "ikik", "--out", out).err())
        .contains("--out: expected one text for one picture, got 2");
  }

  @Test
  void pairsHaveATabBetween() {
    var shown = Program.run("inspect", pairs, "ab\tik", "--json");
    assertThat(shown.code()).as(shown.err()).isZero();
    var map = shown.objects().getFirst().array("maps").objects().getFirst();
    assertThat(map.object("columns").texts("labels"))
        .containsExactly("<bos>", "a", "b", "<eos>", "i", "k", "<eos>");
    assertThat(Program.run("inspect", pairs, "ab").err())
        .contains("pair of texts: expected two with a tab between");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--view;attention;view: expected one that this model has (saliency, gates, hidden)",
        "--layer;2;layer: expected a view that has layers, got saliency",
        "--head;1;head: expected a view that has heads, got saliency",
        "--gate;reset;gate: expected a view that has gates, got saliency"
      })
  void whatIsNotThereIsRefused(String option, String value, String message) {
    var refused = Program.run("inspect", gru, "abab", option, value);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains(message);
    assertThat(refused.out()).isEmpty();
    var other = Program.run("inspect", gru, "abab", "--out", "a.jpg");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("--out: expected a .svg or .png file, got a.jpg");
  }

  @Test
  void aModelThatOnlyCountsHasNothingToShow() {
    var shown = Program.run("inspect", strong, "abab");
    assertThat(shown.code()).isEqualTo(1);
    assertThat(shown.err()).contains("which has nothing to show");
  }

  // In a terminal

  private static HeatMap map(int rows, int columns, Scale scale, float value) {
    return new HeatMap(
        "a map",
        new Axis("down", IntStream.range(0, rows).mapToObj(i -> "row" + i).toList()),
        new Axis("right", IntStream.range(0, columns).mapToObj(i -> "c" + i).toList()),
        Collections.nCopies(rows, Collections.nCopies(columns, value)),
        scale);
  }

  @Test
  void whereThereIsNoRoomForNumbersThereAreDigits() {
    var lines =
        new HeatBlocks(60, false).of(map(12, 20, new Scale("nats", -2, 2), -1f)).lines().toList();
    assertThat(lines.get(1)).isEqualTo("↓ down   → right");
    assertThat(lines.get(5)).startsWith("row0   -5 -5 -5");
    assertThat(lines.getLast()).isEqualTo("nats; digits are tenths of 2.00");
    assertThat(lines).allMatch(line -> line.length() <= 60);
    assertThat(lines.stream().filter(line -> line.startsWith("row0 "))).hasSize(2); // two bands
  }

  @Test
  void aTerminalWithColoursHasShades() {
    var wide = new HeatBlocks(200, true).of(map(12, 12, new Scale("share", 0, 1), 1f));
    assertThat(wide).contains("\u001b[48;5;19;38;5;231m   1.00\u001b[0m");
    var narrow = new HeatBlocks(50, true).of(map(12, 20, new Scale("share", 0, 1), 0f));
    assertThat(narrow).contains("\u001b[48;5;231;38;5;16m  \u001b[0m");
    assertThat(narrow).contains("the deepest blue is 1.00");
    var bars = new HeatBlocks(80, true).of(map(1, 2, new Scale("nats", -1, 1), -1f));
    assertThat(bars).contains("\u001b[38;5;209m████████████\u001b[0m│");
  }

  @Test
  void wideLettersStandBelowEachOther() {
    var korean =
        new HeatMap(
            "한국어",
            new Axis("", List.of("", "x", "y", "z", "u", "v", "w", "a", "b")),
            new Axis("", List.of("나는", "b")),
            Collections.nCopies(9, List.of(0.5f, 1f)),
            new Scale("share", 0, 1));
    var lines = new HeatBlocks(100, false).of(korean).lines().toList();
    assertThat(lines.get(1)).isEqualTo("    나는      b");
    assertThat(lines.get(3)).isEqualTo("x   0.50   1.00");
  }
}
