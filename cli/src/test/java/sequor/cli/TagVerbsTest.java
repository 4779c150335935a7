package sequor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every verb does with a tagger.
class TagVerbsTest {
  private static final String SPANISH =
      """
      # text = vamonos
      1-2	vamonos	_	_	_	_	_	_	_	_
      1	vamir	ir	X	_	_	0	root	_	_
      1.1	_	_	_	_	_	_	_	_	_
      2	nos	nos	X	_	_	1	obj	_	_
      3	sir	sir	X	_	_	1	punct	_	_

      # the end
      """;

  @TempDir static Path folder;

  private static String tagger;

  @BeforeAll
  static void train() throws IOException {
    tagger = folder.resolve("runs/tagger").toString();
    assertThat(train(tagger, "1").err()).isEmpty();
  }

  /// 60 sentences whose words that end with `os` are nouns and with `ir` verbs.
  private static Path sentences() throws IOException {
    var lines = new ArrayList<String>();
    for (int i = 0; i < 60; i++) {
      for (int t = 1; t <= 1 + i % 4; t++) {
        boolean noun = (i * 7 + t * 5) % 3 == 0;
        String word = "w" + (i * 31 + t) % 50 + (noun ? "os" : "ir");
        lines.add("%d\t%s\t_\t%s\t_\t_\t0\t_\t_\t_".formatted(t, word, noun ? "NOUN" : "VERB"));
      }
      lines.add("");
    }
    return Files.write(folder.resolve("sentences.conllu"), lines);
  }

  private static Program train(String out, String threads) throws IOException {
    var command =
        new ArrayList<>(
            List.of("train", "tag", "--data", sentences().toString(), "--out", out, "--json"));
    for (var setting :
        List.of(
            "model.hidden_size=8",
            "model.embedding_size=8",
            "model.letter_hidden=8",
            "model.affix_buckets=200",
            "model.head=crf",
            "training.learning_rate=0.02",
            "training.epochs=6")) {
      command.addAll(List.of("--set", setting));
    }
    command.addAll(List.of("--threads", threads));
    return Program.run(command.toArray(String[]::new));
  }

  @Test
  void anyThreadsMakeTheSameModel() throws IOException {
    for (var threads : List.of("2", "3")) {
      var out = folder.resolve("threads-" + threads).toString();
      assertThat(train(out, threads).code()).isZero();
      var weights = Path.of("model", "model.safetensors");
      assertThat(Path.of(out).resolve(weights))
          .hasSameBinaryContentAs(Path.of(tagger).resolve(weights));
    }
  }

  @Test
  void wordsAreTaggedWhereTheyStand() throws IOException {
    var file = Files.writeString(folder.resolve("b06.conllu"), SPANISH).toString();
    String expected = SPANISH.replace("\tir\tX", "\tir\tVERB").replace("\tnos\tX", "\tnos\tNOUN");
    expected = expected.replace("\tsir\tX", "\tsir\tVERB");

    assertThat(Program.run("predict", tagger, "--file", file).out()).isEqualTo(expected);
    var out = folder.resolve("said.conllu");
    var written = Program.run("predict", tagger, "--file", file, "--out", out.toString());
    assertThat(written.err()).isEqualTo("written to " + out + "\n");
    assertThat(out).hasContent(expected);
    var json = Program.run("predict", tagger, "--file", file, "--json").objects();
    assertThat(json).hasSize(1);
    assertThat(json.getFirst().text("text")).isEqualTo("vamir nos sir");

    var misused = Program.run("predict", tagger, "--file", file, "--text", "form");
    assertThat(misused.code()).isEqualTo(2);
    assertThat(misused.err()).contains("expected a table (--file x.csv), got a file of words");
    Files.writeString(folder.resolve("bad.conllu"), SPANISH.replace("2\tnos", "3\tnos"));
    var bad = Program.run("predict", tagger, "--file", folder.resolve("bad.conllu").toString());
    assertThat(bad.code()).isEqualTo(1);
    assertThat(bad.err()).contains("bad.conllu:5: expected word 2").contains("got '3'");
  }

  @Test
  void textsAreCutIntoWordsAndTagged() {
    assertThat(Program.run("predict", tagger, "vamir nos.").lines().subList(0, 2))
        .containsExactly("vamir\tVERB", "nos\tNOUN");
    assertThat(Program.runWith("wos\n\nsir\n", "predict", tagger).out())
        .isEqualTo("wos\tNOUN\n\n\nsir\tVERB\n\n");
    var token =
        Program.run("predict", tagger, "--json", " wos")
            .objects()
            .getFirst()
            .array("tokens")
            .objects()
            .getFirst();
    assertThat(token.names()).containsExactly("token", "start", "end", "tag", "probability");
    assertThat(token.wholeNumber("start", 0, 9)).isEqualTo(1);
  }

  @Test
  void aTaggerIsJudged() {
    var file = folder.resolve("sentences.conllu").toString();
    var judged = Program.run("evaluate", tagger, "--data", file, "--json").objects().getFirst();
    assertThat(judged.number("test.accuracy")).isGreaterThan(0.95);
    assertThat(judged.names()).contains("test.unseen_accuracy", "test.sentence_accuracy");
    assertThat(Program.run("evaluate", tagger).out()).contains("unseen_accuracy", "precision");
  }
}
