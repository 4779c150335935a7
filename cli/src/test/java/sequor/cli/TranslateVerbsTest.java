package sequor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every verb does with a translator.
class TranslateVerbsTest {
  @TempDir static Path folder;

  private static String run;

  /// German numbers in English, as a table without names of columns, and as two files.
  @BeforeAll
  static void train() throws IOException {
    var german = List.of("eins", "zwei", "drei", "vier", "fünf", "sechs");
    var english = List.of("one", "two", "three", "four", "five", "six");
    var random = new Random(4);
    var read = new ArrayList<String>();
    var said = new ArrayList<String>();
    var table = new ArrayList<String>();
    for (int i = 0; i < 400; i++) {
      int a = random.nextInt(6);
      int b = random.nextInt(6);
      read.add(german.get(a) + " und " + german.get(b) + ".");
      said.add(english.get(a) + " and " + english.get(b) + ".");
      table.add(read.getLast() + "\t" + said.getLast());
    }
    Files.write(folder.resolve("pairs.tsv"), table);
    Files.write(folder.resolve("train.de"), read);
    Files.write(folder.resolve("train.en"), said);
    run = folder.resolve("runs/numbers").toString();
    var trained =
        train(run, "--data", path("pairs.tsv"), "--source", "1", "--target", "2", "--json");
    assertThat(trained.err()).isEmpty();
    var summary = trained.objects().getLast();
    assertThat(summary.number("test.exact")).isGreaterThan(0.9);
    assertThat(summary.names())
        .contains("test.bleu", "test.bleu_low", "test.chrf", "floor.bleu", "over_floor.bleu");
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static Program train(String out, String... more) {
    var command = new ArrayList<>(List.of("train", "translate", "--out", out));
    command.addAll(List.of(more));
    for (var setting :
        List.of(
            "model.hidden_size=48",
            "model.embedding_size=24",
            "model.embedding_dropout=0",
            "model.dropout=0",
            "training.learning_rate=0.01",
            "training.batch_size=8",
            "training.epochs=5")) {
      command.addAll(List.of("--set", setting));
    }
    return Program.run(command.toArray(String[]::new));
  }

  @Test
  void eachLineOfAConversationIsAnswered() {
    var chat = Program.runWith("zwei und drei.\n\n  \nsechs und vier.", "chat", run);
    assertThat(chat.out()).isEqualTo("two and three.\nsix and four.\n");
    assertThat(chat.err()).isEmpty();
    var json = Program.runWith("zwei und drei.\n", "chat", run, "--json", "--beam", "2");
    assertThat(json.objects().getFirst().text("translation")).isEqualTo("two and three.");
    assertThat(Program.runWith("", "chat", run).out()).isEmpty();
    assertThat(Program.runWith("", "chat", run, "--beam", "0").err())
        .contains("--beam: expected 1 or more, got 0");
  }

  @Test
  void aFileOfTextsBecomesAFileOfTranslations() {
    assertThat(Program.runWith("zwei und drei.\nsechs und vier.\n", "predict", run).out())
        .isEqualTo("two and three.\nsix and four.\n");
    var json = Program.run("predict", run, "zwei und drei.", "--json", "--beam", "3");
    var object = json.objects().getFirst();
    assertThat(object.text("text")).isEqualTo("zwei und drei.");
    assertThat(object.text("translation")).isEqualTo("two and three.");
    assertThat(object.flag("ended")).isTrue();
    assertThat(object.array("hypotheses").objects()).hasSize(3);
  }

  @Test
  void theBestAreRanked() {
    var ranked = Program.run("predict", run, "eins und vier.", "--beam", "4", "--n-best", "2");
    assertThat(ranked.lines().getFirst()).matches("-?\\d\\.\\d{4}  one and four\\.");
    assertThat(ranked.lines()).hasSizeGreaterThanOrEqualTo(2);
    var misused = Program.run("predict", run, "x", "--beam", "0");
    assertThat(misused.code()).isEqualTo(2);
    assertThat(misused.err()).contains("--beam and --n-best: expected 1 or more, got 0 and 1");
  }

  @Test
  void itIsScoredWithTheSignature() {
    var judged = Program.run("evaluate", run);
    assertThat(judged.out())
        .contains("bleu", "chrf", "exact", "95 %")
        .contains("nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0");
    assertThat(Program.run("evaluate", run, "--data", path("pairs.tsv"), "--json").objects())
        .first()
        .satisfies(json -> assertThat(json.number("test.bleu")).isGreaterThan(80));
  }

  @Test
  void twoFilesAreReadSideBySide() throws IOException {
    var one = path("runs/two");
    var trained =
        train(
            one,
            "--source",
            path("train.de"),
            "--target",
            path("train.en"),
            "--set",
            "training.max_steps=5");
    assertThat(trained.err()).contains("train.{de,en}: 400 pairs; columns de, en");
    assertThat(trained.code()).isZero();
    Files.writeString(folder.resolve("short.en"), "one\n");
    Files.writeString(folder.resolve("short.de"), "eins\nzwei\n");
    var refused =
        train(path("runs/no"), "--source", path("short.de"), "--target", path("short.en"));
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .contains("expected files with as many lines each, got 2 in short.de, 1 in short.en");
    var missing =
        train(path("runs/no"), "--data", path("pairs.tsv"), "--source", "1", "--target", "7");
    assertThat(missing.code()).isNotZero();
    assertThat(missing.err()).contains("expected a column of pairs.tsv (1, 2), got '7'");
  }

  @Test
  void filesAreScoredAsSacreBleuDoes() throws IOException {
    Files.writeString(
        folder.resolve("hyp"), "the cat sat on the mat .\n\na dog runs in the park today\n");
    Files.writeString(
        folder.resolve("ref"),
        "the cat sat on the mat .\nhello there\na dog ran in the park today\n");
    var scored = Program.run("score", path("hyp"), path("ref"));
    assertThat(scored.lines())
        .containsExactly(
            "BLEU  66.12 92.9/83.3/70.0/62.5 (BP = 0.867 ratio = 0.875 hyp_len = 14 ref_len = 16) "
                + " nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0",
            "chrF  73.25  nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.6.0");
    var json =
        Program.run(
            "score",
            path("hyp"),
            path("ref"),
            path("ref"),
            "--json",
            "--sentences",
            "--lower-case");
    assertThat(json.objects()).hasSize(4);
    assertThat(json.objects().get(1).number("bleu")).isZero();
    assertThat(json.objects().getLast().text("bleu_signature")).startsWith("nrefs:2|case:lc|");
    Files.writeString(folder.resolve("one"), "x\n");
    var refused = Program.run("score", path("one"), path("ref"));
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("score: expected as many lines in each file, got 1 in ");
    var misused = Program.run("score", path("hyp"), path("ref"), "--tokenize", "zh");
    assertThat(misused.code()).isEqualTo(2);
    assertThat(misused.err()).contains("--tokenize: expected 13a, intl, char or none, got zh");
  }
}
