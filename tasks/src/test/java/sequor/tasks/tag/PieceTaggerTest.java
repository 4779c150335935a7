package sequor.tasks.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.Row;
import sequor.kernels.Parallel;
import sequor.models.BertEncoder;
import sequor.models.FirstPieces;
import sequor.models.Inputs;
import sequor.models.ModelException;
import sequor.settings.Settings;
import sequor.settings.SettingsException;
import sequor.store.ModelDirectory;
import sequor.tasks.BertFolder;
import sequor.tasks.HeatMap;
import sequor.tasks.Job;
import sequor.tasks.Learning;
import sequor.tasks.Reading;
import sequor.tasks.Task;
import sequor.tasks.TaskException;
import sequor.tasks.Toy;
import sequor.tensor.Tensor;
import sequor.testkit.Twins;
import sequor.text.PretrainedKind;

/// Taggers whose encoder begins as a BERT and reads pieces of words.
class PieceTaggerTest {
  private static final BertEncoder.Config CONFIG = BertEncoder.Config.of(16, 2, 1);
  private static final String BELL = "\u0007"; // of which the tokenizer leaves nothing

  @TempDir Path folder;
  private BertEncoder published;

  @BeforeEach
  void publish() {
    published = BertFolder.publish(folder, CONFIG, new Seed(6).generator());
  }

  // A toy

  /// What a word is, and behind `not` that it is denied; what the tokenizer does not know is ODD.
  private static DataSet<Row> rows() {
    var random = new Seed(8).child("sentences").generator();
    var words = List.of("films", "film", "Good", "bad", "dull", "not", "the", "end", "xyz", BELL);
    var parts = List.of(new ArrayList<Row>(), new ArrayList<Row>(), new ArrayList<Row>());
    for (int i = 0; i < 400; i++) {
      var tokens = new ArrayList<String>();
      var tags = new ArrayList<String>();
      int length = random.nextInt(1, 8);
      for (int t = 0; t < length; t++) {
        String word = words.get(random.nextInt(words.size()));
        boolean denied = t > 0 && tokens.getLast().equals("not");
        tokens.add(word);
        tags.add(denied ? "DENIED" : tag(word));
      }
      parts.get(i < 320 ? 0 : i < 360 ? 1 : 2).add(ToySentences.row(Example.of(tokens, tags)));
    }
    return DataSet.of(parts.get(0), parts.get(1), parts.get(2));
  }

  private static String tag(String word) {
    return switch (word) {
      case "films", "film", "end" -> "NOUN";
      case "Good", "bad", "dull" -> "ADJ";
      case "xyz", BELL -> "ODD";
      default -> "PART";
    };
  }

  private Toy.Trained trained(String... more) {
    return trained(rows(), more);
  }

  private Toy.Trained trained(DataSet<Row> rows, String... more) {
    var settings = settings(more);
    var learning = Learning.of(settings);
    var job = job(rows, settings);
    var result = learning.trainer(job).run(learning.settings().epochs());
    return new Toy.Trained(job, result);
  }

  /// One that has learned nothing yet.
  private static Job job(DataSet<Row> rows, Settings settings) {
    return (Job) Task.all().get("tag").prepare(settings, rows, new Seed(3));
  }

  private Settings settings(String... more) {
    var overrides =
        new ArrayList<>(
            List.of(
                "data.text=word",
                "data.label=tag",
                "tokens.tokenizer=pretrained",
                "model.encoder=bert",
                "model.pretrained=" + folder,
                "model.dropout=0",
                "training.epochs=1",
                "training.patience=30",
                "training.batch_size=8",
                "training.learning_rate=0.01"));
    overrides.addAll(List.of(more));
    return Toy.plain(Task.all().get("tag"), overrides.toArray(String[]::new));
  }

  private Tagger tagger(String... more) {
    return trained(more).predictor(Tagger.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"softmax", "crf"})
  void aToyIsLearnedAndTheRunIsWholeByItself(String head, @TempDir Path saved) throws IOException {
    var trained = trained("model.head=" + head, "training.epochs=20");
    assertThat(trained.job().test().metrics().get("accuracy")).isGreaterThan(0.97);

    var tagger = trained.predictor(Tagger.class);
    tagger.save(new ModelDirectory(saved));
    try (var files = Files.list(saved)) { // or it would not load from the class path
      assertThat(ModelDirectory.FILES)
          .containsAll(files.map(file -> file.getFileName().toString()).toList());
    }
    for (var file : List.of("config.json", "model.safetensors", "vocab.txt")) {
      Files.delete(folder.resolve(file));
    }
    var loaded = Tagger.load(saved);
    var tokens = List.of("the", "not", "films", BELL, "xyz", "GOOD", "");
    assertThat(loaded.tag(tokens)).isEqualTo(tagger.tag(tokens));
    assertThat(loaded.tag(tokens).tags().subList(0, 6))
        .containsExactly("PART", "PART", "DENIED", "ODD", "ODD", "ADJ");
    assertThat(loaded.tag(tokens).tags()).hasSize(7);
    assertThat(loaded.config()).isEqualTo(tagger.config());
    assertThat(loaded.reading("films")).isEqualTo(tagger.reading("films"));
  }

  @Test
  void itBeginsAsTheFolderIs() {
    var job = job(rows(), settings());
    published
        .parameters()
        .forEach(
            (name, parameter) ->
                Twins.assertSameBits(parameter, job.module().parameter("encoder." + name)));
    assertThat(job.notices()).noneMatch(notice -> notice.contains("left out"));
  }

  /// Without a folder it learns from nothing, with the pieces of a file.
  @Test
  void anEncoderThatHasLearnedNothingTakesTheTokensOfAFile() {
    var job =
        trained("model.pretrained=", "model.hidden_size=8", "tokens.tokenizer_file=" + folder)
            .job();
    assertThat(job.module().parameter("encoder.words.weight").shape().dims())
        .containsExactly(BertFolder.WORDS.size(), 8);
  }

  @Test
  void aProgramBeginsWithAFolderToo() {
    var examples = rows().train().toList().stream().map(PieceTaggerTest::example).toList();
    var tagger =
        Tag.with(BertEncoder.Config.pretrained(folder.toString()).withDropout(0))
            .dropout(0)
            .epochs(20)
            .train(examples);
    assertThat(tagger.tag("the films, not bad").tags())
        .containsExactly("PART", "NOUN", "ODD", "PART", "DENIED");
    assertThatThrownBy(() -> Tag.with(CONFIG).train(examples))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("expected a BERT that begins as a folder");
  }

  private static Example example(Row row) {
    return Example.of(row.list("word"), row.list("tag"));
  }

  // Pieces and places

  /// The mark, `fine`, `film ##s`, nothing, an unknown word, two words of the tokenizer's, the
  /// mark.
  @Test
  void theFirstPieceOfAWordStandsForIt() {
    var reader = new PieceReader(PretrainedKind.read(folder), 62);
    var words = List.of("fine", "Films", BELL, "xyz", "in.the", "");
    var item = reader.item(words);
    assertThat(reader.labels(words))
        .containsExactly(
            "[CLS]", "fine", "film", "##s", "[UNK]", "[UNK]", "in", ".", "the", "[UNK]", "[SEP]");
    var expected =
        new sequor.text.Item()
            .ids(Inputs.TEXT, new int[] {1, 2, 4, 5, 6, 9}, 0)
            .ids(FirstPieces.PIECES, new int[] {2, 6, 7, 9, 1, 1, 12, 18, 13, 1, 3}, 0);
    assertThat(item).isEqualTo(expected);
  }

  @Test
  void piecesStandWhereTheyAreInTheText() {
    var tagger = tagger();
    String text = "  The FILMS,\u00a0end!";
    var tagged = tagger.tag(text);
    assertThat(tagged.words().tokens()).containsExactly("The", "FILMS", ",", "end", "!");
    assertThat(tagged.tags()).hasSize(5);
    var read = tagger.reading(text).tokens();
    assertThat(read.stream().map(Reading.Token::token))
        .containsExactly("[CLS]", "the", "film", "##s", "[UNK]", "end", "[UNK]", "[SEP]");
    assertThat(read.stream().map(each -> text.substring(each.start(), each.end())))
        .containsExactly("", "The", "FILM", "S", ",", "end", "!", "");
    assertThat(tagger.tag("").tags()).isEmpty();
    assertThat(tagger.reading("").tokens()).hasSize(2);
    assertThat(tagger.predict(List.of())).isEmpty();
  }

  /// What a word's other pieces are makes a difference, though nobody asks for their tags.
  @Test
  void theOtherPiecesAreRead() {
    var tagger = tagger();
    assertThat(tagger.tag(List.of("film")).probabilities())
        .isNotEqualTo(tagger.tag(List.of("films")).probabilities());
  }

  /// A sentence alone, and among others of all lengths.
  @ParameterizedTest
  @ValueSource(strings = {"softmax", "crf"})
  void paddingChangesNothing(String head) {
    var tagger = tagger("model.head=" + head, "training.epochs=2");
    var sentences = rows().test().map(row -> row.list("word")).toList();
    var together = tagger.said(sentences);
    for (int i = 0; i < sentences.size(); i++) {
      var alone = tagger.said(List.of(sentences.get(i))).getFirst();
      assertThat(alone.tags()).isEqualTo(together.get(i).tags());
      for (int t = 0; t < alone.rows().length; t++) {
        for (int c = 0; c < alone.rows()[t].length; c++) {
          assertThat(together.get(i).rows()[t][c]).isEqualTo(alone.rows()[t][c], within(2e-6f));
        }
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameBitsWithAnyNumberOfThreads() {
    int before = Parallel.threads();
    try {
      Parallel.threads(1);
      var alone = trained("training.epochs=2", "model.members=2").bits();
      Parallel.threads(2);
      assertThat(trained("training.epochs=2", "model.members=2").bits()).isEqualTo(alone);
    } finally {
      Parallel.threads(before);
    }
  }

  // Long sentences

  /// Words beyond what is read at once get the tags that they get alone, and none is cut in two.
  @Test
  void aLongSentenceIsReadInPieces() {
    var small = CONFIG.withSizesOf(config(8));
    published = BertFolder.publish(folder, small, new Seed(6).generator());
    var words = List.of("the", "films", "films", "films", "a.a.a.a.a.a.a.a", "end", "bad");
    var rows = rows();
    var train = new ArrayList<>(rows.train().toList());
    train.add(ToySentences.row(Example.of(words, Collections.nCopies(7, "NOUN"))));
    var trained = trained(DataSet.of(train, rows.valid().toList(), rows.test().toList()));
    var tagger = trained.predictor(Tagger.class);
    var probabilities = tagger.tag(words).probabilities();
    assertThat(probabilities).hasSize(7);
    int from = 0;
    for (int to : new int[] {3, 4, 5, 7}) {
      assertThat(tagger.tag(words.subList(from, to)).probabilities())
          .isEqualTo(probabilities.subList(from, to));
      from = to;
    }
    assertThat(trained.job().notices())
        .anyMatch(
            notice ->
                notice.endsWith(
                    "training sentences have more than tokens.max_length 1,000 words, or 6 pieces,"
                        + " of which only the first are learned from"));
    assertThat(tagger.reading("films films films films").left()).isEqualTo(2);
  }

  private static BertEncoder.Config config(int positions) {
    return new BertEncoder.Config(
        "", 16, 2, 1, 32, CONFIG.activation(), positions, 2, false, CONFIG.epsilon(), 0, 0);
  }

  // What it shows

  @Test
  void whatIsSeenIsOfPieces() {
    var tagger = tagger();
    var inspected = tagger.inspect("the films");
    var maps =
        inspected.views().stream().map(view -> view.panels().getFirst().map().get()).toList();
    var pieces = new HeatMap.Axis("piece", List.of("[CLS]", "the", "film", "##s", "[SEP]"));
    var words = new HeatMap.Axis("word", List.of("the", "films"));
    assertThat(maps.getFirst().columns()).isEqualTo(pieces);
    assertThat(maps.getFirst().rows().labels()).hasSize(2);
    assertThat(maps.get(1).rows()).isEqualTo(pieces);
    assertThat(maps.get(1).columns()).isEqualTo(pieces);
    assertThat(maps.getLast().rows()).isEqualTo(words);
  }

  // What does not go together

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model.vectors=glove.txt | model.vectors: expected none where model.encoder is bert, which"
            + " reads pieces of words alone, got glove.txt; leave it out",
        "model.counts=true | model.counts: expected false where model.encoder is bert, which reads"
            + " pieces of words alone, got true; leave it out",
        "model.letters=convolution | model.letters: expected no vectors of words where model.encoder"
            + " is bert, which reads pieces of words alone, got \"convolution\"; leave it out",
        "model.affixes=2 | model.affixes: expected no vectors of words where model.encoder is bert,"
            + " which reads pieces of words alone, got 2; leave it out",
        "tokens.tokenizer=words | tokens.tokenizer: expected pretrained where model.encoder is bert,"
            + " which reads pieces of words, got words; write tokens.tokenizer=pretrained",
      })
  void whatDoesNotGoTogetherIsRefused(String setting, String message) {
    assertThatThrownBy(() -> trained(setting))
        .isInstanceOf(SettingsException.class)
        .hasMessage("--set: " + message);
  }

  @Test
  void whatAsksForNothingIsNotRefused() {
    assertThat(tagger("model.letters=none", "model.affixes=0").tag("the").tags()).hasSize(1);
  }

  @Test
  void anEncoderWithoutRoomIsRefused() {
    assertThatThrownBy(
            () ->
                trained(
                    "model.pretrained=",
                    "model.position_count=2",
                    "tokens.tokenizer_file=" + folder))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "--set: model.position_count: expected room for a piece between two marks, 3 or more, got"
                + " 2; raise it");
  }

  @Test
  void aSessionNeedsATaggerThatReadsOneWay() {
    var tagger = tagger();
    assertThatThrownBy(tagger::session)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("got one that needs all of the sentence");
  }

  @Test
  void membersBeginAsTheFolderIsAndEndOtherwise() {
    var job = job(rows(), settings("model.members=2"));
    for (int m = 0; m < 2; m++) {
      Twins.assertSameBits(
          published.table(), job.module().parameter("member_" + m + ".encoder.words.weight"));
    }
    Tensor first = job.module().parameter("member_0.head.weight");
    assertThat(first.toArray())
        .isNotEqualTo(job.module().parameter("member_1.head.weight").toArray());
  }
}
