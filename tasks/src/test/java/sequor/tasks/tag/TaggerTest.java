package sequor.tasks.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.data.DataException;
import sequor.data.DataSet;
import sequor.data.Row;
import sequor.data.Source;
import sequor.models.ModelException;
import sequor.models.RecurrentEncoder;
import sequor.models.WordEmbedding;
import sequor.tasks.ReportSection;
import sequor.tasks.TaskException;
import sequor.tasks.Toy;

class TaggerTest {
  @TempDir Path folder;

  private static Toy.Trained trained(String... more) {
    return trained(ToySentences.rows(), more);
  }

  private static Toy.Trained trained(DataSet<Row> rows, String... more) {
    var overrides =
        new ArrayList<>(
            List.of(
                "data.label=tag",
                "tokens.signs=true",
                "model.hidden_size=16",
                "model.embedding_size=8",
                "model.letter_size=8",
                "model.letter_hidden=12",
                "model.affix_size=8",
                "model.affix_buckets=500",
                "model.dropout=0.1",
                "training.epochs=20",
                "training.patience=20",
                "training.learning_rate=0.02"));
    overrides.addAll(List.of(more));
    return Toy.train(rows, "tag", overrides.toArray(String[]::new));
  }

  @Test
  void whatHasLearnedLearnsOnceMoreFromAllButTheTestSplit() {
    var job = trained("training.refit=true", "training.epochs=2").job();
    var again = job.again().orElseThrow();

    assertThat(again.sizes().train()).isEqualTo(job.sizes().train() + job.sizes().valid());
    assertThat(again.sizes().test()).isEqualTo(job.sizes().test());
    assertThat(again.evaluate()).isEmpty();
    assertThat(again.again()).isEmpty();
    assertThat(again.floor()).isEqualTo(job.floor());
    assertThat(trained("training.epochs=2").job().again()).isEmpty();
  }

  @Test
  void aToyIsLearnedSavedAndLoaded() {
    var trained = trained();
    Toy.assertSameUnderATape(() -> trained.predictor(Tagger.class).tag(List.of("bos", "de")));
    var floor = trained.job().floor();
    var test = trained.job().test();

    assertThat(test.metrics())
        .containsEntry("accuracy", 1.0)
        .containsEntry("unseen_accuracy", 1.0)
        .containsEntry("ambiguous_accuracy", 1.0)
        .containsEntry("sentence_accuracy", 1.0)
        .containsEntry("macro_f1", 1.0);
    assertThat(floor.method())
        .startsWith("averaged perceptron")
        .contains("the most frequent tag of each word: accuracy 0.");
    assertThat(floor.metrics().get("accuracy")).isBetween(0.9, 1.0);
    assertThat(test.intervals().overFloor()).containsKey("accuracy");

    var tagger = trained.predictor(Tagger.class);
    tagger.save(folder);
    var loaded = Tagger.load(folder);
    var tokens = List.of("Palos", "de", "de", "xir", "Zzqos", "de");
    assertThat(tagger.tag(tokens).tags())
        .containsExactly("NAME", "PART", "END", "VERB", "NAME", "PART");
    assertThat(loaded.tag(tokens)).isEqualTo(tagger.tag(tokens));
    assertThat(loaded.evaluate(Source.of(ToySentences.rows().test().toList())).metrics())
        .isEqualTo(test.metrics());
    assertThat(loaded.config()).isEqualTo(tagger.config());
  }

  @Test
  void aTextIsCutAndEachWordFound() {
    var tagger = trained("training.epochs=1").predictor(Tagger.class);
    String text = "  Palos, de\u00a0“kir”!";
    var tagged = tagger.tag(text);
    var words = tagged.words();
    assertThat(words.tokens()).containsExactly("Palos", ",", "de", "“", "kir", "”", "!");
    for (int i = 0; i < words.tokens().size(); i++) {
      assertThat(text.substring(words.starts().get(i), words.ends().get(i)))
          .isEqualTo(words.tokens().get(i));
    }
    assertThat(tagged.json(1).names()).containsExactly("text", "tokens");
    assertThat(tagged.pieces()).hasSize(7);
    assertThat(tagger.tag("").tags()).isEmpty();
    assertThat(tagger.tag(List.of()).tags()).isEmpty();
    assertThat(tagger.predict(List.of())).isEmpty();
    assertThat(tagger.tag("한국 \uD83D\uDE00 \uD83D").tags()).isNotEmpty();
    assertThat(tagger.reading("Palos de").tokens()).hasSize(2);
  }

  /// In a batch of sentences of all lengths a sentence gets what it gets alone.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.cell=lstm",
        "model.encoder=convolution",
        "model.encoder=transformer",
        "model.encoder=none",
        "model.head=crf",
        "model.letters=convolution",
        "model.letters=none",
        "model.affixes=0"
      })
  void paddingChangesNothing(String setting) {
    var more = new ArrayList<>(List.of(setting, "training.epochs=1"));
    if (setting.contains("convolution") && setting.contains("encoder")) {
      more.add("model.filters=8");
    }
    var tagger = Toy.train(ToySentences.rows(), "tag", settings(more)).predictor(Tagger.class);
    var sentences = ToySentences.sentences().test().map(Example::tokens).toList();
    var together = tagger.said(sentences);
    for (int i = 0; i < sentences.size(); i++) {
      float[][] alone = tagger.said(List.of(sentences.get(i))).getFirst().rows();
      for (int t = 0; t < alone.length; t++) {
        for (int c = 0; c < alone[t].length; c++) {
          assertThat(together.get(i).rows()[t][c]).isEqualTo(alone[t][c], within(2e-6f));
        }
      }
    }
  }

  private static String[] settings(List<String> more) {
    var all = new ArrayList<>(List.of("data.label=tag", "model.affix_buckets=500"));
    boolean sized = more.stream().anyMatch(each -> each.matches("model.encoder=(conv|none).*"));
    all.addAll(sized ? List.of() : List.of("model.hidden_size=16"));
    all.addAll(more);
    return all.toArray(String[]::new);
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    String[] quick = {"training.epochs=2", "model.members=2", "training.batch_tokens=60"};
    assertThat(trained(quick).bits()).isEqualTo(trained(quick).bits());
  }

  /// Words whose tags nothing tells but that they had them: each is learned from twice.
  @Test
  void tagsThatAWordHadSpeakAlongSavedAndLoaded() {
    var random = new SplittableRandom(3);
    var words = new ArrayList<Row>();
    for (int i = 0; i < 200; i++) {
      var letters = random.ints(6, 'a', 'z' + 1).mapToObj(Character::toString).toList();
      var tag = "T" + random.nextInt(10);
      words.add(Row.of(Map.of("word", String.join("", letters), "tag", tag)));
    }
    var twice = new ArrayList<>(words);
    twice.addAll(words);
    var rows = DataSet.of(twice, words.subList(0, 50), words.subList(50, 200));
    // Three steps are too few to learn words.
    var without = trained(rows, "training.max_steps=3", "model.members=2");
    var trained = trained(rows, "training.max_steps=3", "model.members=2", "model.counts=true");
    var field = trained(rows, "training.max_steps=3", "model.head=crf", "model.counts=true");

    assertThat(accuracy(without)).isLessThan(0.5);
    assertThat(accuracy(trained)).isGreaterThan(0.95);
    assertThat(accuracy(field)).isGreaterThan(0.95);
    var tagger = trained.predictor(Tagger.class);
    tagger.save(folder);
    var sentence = words.stream().limit(9).map(row -> row.field("word")).toList();
    assertThat(Tagger.load(folder).tag(sentence)).isEqualTo(tagger.tag(sentence));
  }

  @Test
  void tagsThatShareTheirPartsLearnFromEachOther() {
    var random = new SplittableRandom(7);
    var words = new ArrayList<Row>();
    for (int i = 0; i < 400; i++) {
      // Four hundred tags, of which most were seen once, if ever.
      char first = (char) ('a' + random.nextInt(20));
      char last = (char) ('a' + random.nextInt(20));
      var word = "%cmm%c".formatted(first, last);
      var tag = "%c+%c".formatted(Character.toUpperCase(first), Character.toUpperCase(last));
      words.add(Row.of(Map.of("word", word, "tag", tag)));
    }
    var train = words.subList(0, 300);
    var known = train.stream().map(row -> row.field("tag")).collect(Collectors.toSet());
    var test = words.stream().skip(300).filter(row -> known.contains(row.field("tag"))).toList();
    var rows = DataSet.of(train, test, test);
    var apart = trained(rows, "training.epochs=5", "model.unknown_rate=0.9");
    var shared = trained(rows, "training.epochs=5", "model.unknown_rate=0.9", "model.tag_parts=+");

    assertThat(trained(rows, "training.max_steps=1", "model.tag_parts=/").job().notices())
        .anySatisfy(
            notice ->
                assertThat(notice)
                    .startsWith("model.tag_parts: no two tags, such as A+")
                    .endsWith("share parts at '/', so nothing is shared"));
    assertThat(accuracy(shared)).isGreaterThan(accuracy(apart) + 0.1).isGreaterThan(0.8);
    var tagger = shared.predictor(Tagger.class);
    tagger.save(folder);
    assertThat(Tagger.load(folder).tag(List.of("amma"))).isEqualTo(tagger.tag(List.of("amma")));
  }

  private static double accuracy(Toy.Trained trained) {
    return trained.job().test().metrics().getOrDefault("accuracy", Double.NaN);
  }

  /// Names of several words, in the scheme of the file or in another.
  @ParameterizedTest
  @ValueSource(strings = {"keep", "bioes", "io"})
  void spansAreLearned(String scheme) {
    var rows = ToySentences.rows().map(TaggerTest::spans);
    var trained = trained(rows, "model.head=crf", "data.scheme=" + scheme, "model.members=2");
    var test = trained.job().test();
    assertThat(test.metrics().get("span_f1")).isGreaterThan(0.95);
    assertThat(test.metrics().get("strict_span_f1")).isGreaterThan(0.95);
    assertThat(test.sections(ReportSection.Table.class).getFirst().columns())
        .containsExactly(
            "span, " + (scheme.equals("keep") ? "BIO" : scheme.toUpperCase(Locale.ROOT)),
            "precision",
            "recall",
            "f1",
            "strict f1",
            "count");

    var tagger = trained.predictor(Tagger.class);
    tagger.save(folder);
    var loaded = Tagger.load(folder);
    assertThat(loaded.evaluate(Source.of(rows.test().toList())).metrics())
        .isEqualTo(test.metrics());
    var said = loaded.tag(List.of("palos", "de", "xir")).tags();
    assertThat(said)
        .isEqualTo(
            switch (scheme) {
              case "keep" -> List.of("B-N", "I-N", "O");
              case "bioes" -> List.of("B-N", "E-N", "O");
              default -> List.of("I-N", "I-N", "O");
            });
  }

  /// A name and the `de`s behind it are a span.
  private static Row spans(Row row) {
    var tags =
        row.list("tag").stream()
            .map(tag -> tag.equals("NAME") ? "B-N" : tag.equals("PART") ? "I-N" : "O")
            .toList();
    return Row.of(Map.of("word", row.field("word"), "tag", String.join("\n", tags)));
  }

  @Test
  void brokenSpansAreCountedRepairedOrRefused() {
    var rows = ToySentences.rows().map(TaggerTest::spans);
    var broken = List.of(Row.of(Map.of("word", "a\nb", "tag", "O\nI-N")));
    var parts = DataSet.of(rows.train().toList(), rows.valid().toList(), broken);
    assertThat(trained(parts, "training.epochs=1").job().notices())
        .contains("1 tags in 1 test sentences break the scheme BIO and are kept as they are");
    assertThatThrownBy(() -> trained(parts, "data.broken=refuse"))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("row:1: expected tags that keep BIO, got 'I-N' at token 1 after 'O'");
    var repaired = trained(parts, "data.broken=repair", "training.epochs=1").job();
    assertThat(repaired.test().predictions().rows().getFirst().get(1)).isEqualTo("O B-N");
  }

  @Test
  void streamedSentencesAreLearned() {
    var trained = trained(Toy.streaming(ToySentences.rows()), "data.stream=true");
    assertThat(trained.job().test().metrics().get("accuracy")).isGreaterThan(0.95);
  }

  @Test
  void aLongSentenceIsReadInPieces() {
    var trained = trained("training.epochs=1", "tokens.max_length=4");
    var tagger = trained.predictor(Tagger.class);
    var tokens = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i");
    assertThat(tagger.tag(tokens).tags()).hasSize(9);
    assertThat(tagger.tag(tokens).tags().subList(4, 8))
        .isEqualTo(tagger.tag(tokens.subList(4, 8)).tags());
    assertThat(trained.job().notices())
        .anyMatch(notice -> notice.contains("have more than tokens.max_length 4 words"));
  }

  @Test
  void aTagThatNobodyLearnedIsWrong() {
    var rows = ToySentences.rows();
    var odd = Row.of(Map.of("word", "palos\nde", "tag", "NAME\nODD"));
    var job = trained(DataSet.of(rows.train().toList(), rows.valid().toList(), List.of(odd))).job();
    job.floor();
    assertThat(job.test().metrics()).containsEntry("accuracy", 0.5);
    assertThat(job.notices())
        .contains(
            "the test split has the tag ODD, which no training word has: each of their words counts"
                + " as wrong");
    var confused = job.test().sections(ReportSection.Table.class).get(1);
    assertThat(confused.title()).isEqualTo("confused");
    assertThat(confused.rows().getFirst()).containsSubsequence("ODD", "PART", 1L, 1.0, "de");
  }

  @Test
  void rowsOfATableMayBeSentences() {
    var rows =
        ToySentences.sentences()
            .map(
                each ->
                    Row.of(
                        Map.of(
                            "word", String.join(" ", each.tokens()),
                            "tag", String.join(" ", each.tags()))));
    var trained = trained(rows, "data.between= ", "training.epochs=8");
    assertThat(trained.job().test().metrics().get("accuracy")).isGreaterThan(0.95);
    assertThat(trained(rows, "data.between=;", "training.epochs=1").job().notices())
        .contains(
            "no training sentence has more than one word; name what stands between words with"
                + " data.between, or take a format with a word a line");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    var bad = Row.of(Map.of("word", "a\nb\nc", "tag", "X\nY"));
    assertThatThrownBy(() -> trained(DataSet.of(List.of(bad), List.of(bad), List.of(bad))))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "row:1: expected a tag for each word, 3 in column word, got 2 in column tag; mend the"
                + " row");
    assertThatThrownBy(() -> Example.of(List.of("a"), List.of()))
        .isInstanceOf(TaskException.class)
        .hasMessage("example: expected a tag for each token, got 0 for 1; pair them");
    assertThatThrownBy(() -> trained(DataSet.of(List.of(), List.of(), List.of())))
        .hasMessageStartingWith("tag: expected sentences with tags to learn from, got none");
    assertThatThrownBy(
            () -> Toy.train(ToySentences.rows(), "tag", "data.label=tag", "model.encoder=bag"))
        .hasMessageContaining("encoder bag: expected ids, got numbers");
  }

  @Test
  void vectorsOfAFileAreTheBeginning() throws Exception {
    var file = Files.writeString(folder.resolve("v.txt"), "de 1 2 3\nother 0 0 1\n");
    var trained = trained("model.vectors=" + file, "training.epochs=1", "model.embedding_size=64");
    assertThat(trained.job().notices()).anyMatch(notice -> notice.startsWith("vectors: "));
    assertThat(trained.job().summary()).contains("TokenEmbedding").contains(",3)");
  }

  @Test
  void aProgramTrainsInFewLines() {
    var tagger =
        Tag.with(RecurrentEncoder.lstm(16))
            .embedding(WordEmbedding.Config.standard())
            .epochs(12)
            .seed(7)
            .train(ToySentences.sentences().train().toList());
    assertThat(tagger.tag("palos de kir de").tags()).containsExactly("NAME", "PART", "VERB", "END");
    assertThat(tagger.labels().names()).containsExactly("END", "NAME", "PART", "VERB");
    tagger.save(folder);
    assertThat(Tagger.load(folder).tag("palos")).isEqualTo(tagger.tag("palos"));
  }

  @Test
  void featuresAreOfBeginningsEndsAndShape() {
    int[] walked = WordFeatures.of("walked", "Walked", 3, 1 << 20);
    int[] talked = WordFeatures.of("talked", "talked", 3, 1 << 20);
    assertThat(walked).hasSize(7).doesNotContain(0);
    assertThat(walked[1]).isEqualTo(talked[1]); // d
    assertThat(walked[5]).isEqualTo(talked[5]); // ked
    assertThat(walked[0]).isNotEqualTo(talked[0]);
    assertThat(walked[6]).isNotEqualTo(talked[6]); // Xx and x
    assertThat(WordFeatures.of("2026", "2026", 1, 100)[2])
        .isEqualTo(WordFeatures.of("7", "7", 1, 100)[2]);
    assertThat(WordFeatures.of("", "", 2, 10)).hasSize(5);
  }

  /// B27: what a session says word by word, put aside after each, is what the sentence gets.
  @ParameterizedTest
  @ValueSource(strings = {"gru", "lstm", "min_gru"})
  void aSentenceMayComeAsItComes(String cell) {
    var tagger =
        trained(
                "model.bidirectional=false",
                "model.cell=" + cell,
                "model.members=2",
                "training.epochs=4")
            .predictor(Tagger.class);
    for (var row : ToySentences.rows().test().toList()) {
      var words = row.list("word");
      var whole = tagger.tag(words);
      var session = tagger.session();
      for (int t = 0; t < words.size(); t++) {
        var said = session.step(words.get(t));
        assertThat(said.tags()).containsExactly(whole.tags().get(t));
        assertThat(said.probabilities().getFirst())
            .isCloseTo(whole.probabilities().get(t), within(1e-5));
        session = tagger.session(session.toBytes());
        assertThat(session.now()).isEqualTo(said);
      }
      assertThat(session.steps()).isEqualTo(words.size());
    }
    var two = tagger.session();
    two.step("palos");
    var aside = two.toBytes();
    assertThat(tagger.session(aside).read("xir de").tags()).isEqualTo(two.read("xir de").tags());
    assertThat(tagger.session(tagger.session().toBytes()).now().tags()).isEmpty();
    aside[aside.length / 2] ^= 1;
    assertThatThrownBy(() -> tagger.session(aside))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void aSessionNeedsATaggerThatReadsOneWay() {
    for (var setting : List.of("model.bidirectional=true", "model.head=crf")) {
      var tagger =
          trained("training.epochs=1", "model.bidirectional=false", setting)
              .predictor(Tagger.class);
      assertThatThrownBy(tagger::session)
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("got one that needs all of the sentence");
    }
  }
}
