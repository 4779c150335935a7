package sequor.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.Row;
import sequor.json.Json;
import sequor.models.ModelException;
import sequor.models.RecurrentEncoder;
import sequor.settings.Places;
import sequor.settings.SettingsException;
import sequor.store.ModelDirectory;
import sequor.store.Safetensors;
import sequor.tasks.classify.Classifier;
import sequor.tasks.classify.Classify;
import sequor.tasks.embed.Embed;
import sequor.tasks.language.Generator;
import sequor.tensor.Tensor;
import sequor.text.Tokenizer;
import sequor.train.Checkpoint;
import sequor.vectors.Subwords;
import sequor.vectors.VectorsException;
import sequor.vectors.WordVectors;

/// Models whose tokens begin with vectors of a file.
class PretrainedTest {
  private static final int D = 4;

  @TempDir private Path folder;
  private Path file;

  /// Letters that the made-up words have, a small letter for a large one, and one that none has.
  @BeforeEach
  void write() {
    file = folder.resolve("vectors.txt");
    vectors("a", "b", "i", "m", "z").write(file);
  }

  private static WordVectors vectors(String... words) {
    float[] values = new float[words.length * D];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i + 1) / 10f;
    }
    return WordVectors.of(List.of(words), D, values);
  }

  private String[] with(String... more) {
    var all = new ArrayList<>(List.of("data.label=language", "model.vectors=" + file));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static Tensor table(Job job, String name) {
    return job.module().parameter(name);
  }

  private static float[] row(Job job, Classifier classifier, String token) {
    var table = table(job, "encoder.embedding.weight");
    int id = classifier.tokenizer().vocabulary().id(token);
    return table.select(0, id).toArray();
  }

  static Stream<List<String>> encoders() {
    return Stream.of(
        List.of("model.encoder=recurrent", "model.embedding_size=64"),
        List.of("model.encoder=convolution", "model.embedding_size=4"),
        List.of("model.encoder=transformer", "model.embedding_size=0", "model.hidden_size=8"),
        List.of("model.encoder=bag", "model.embedding_size=64", "model.longest=1"),
        List.of("model.encoder=bag", "model.embedding_size=64", "model.longest=2"));
  }

  private String[] of(List<String> encoder, String... more) {
    var all = new ArrayList<>(encoder);
    all.addAll(List.of(more));
    return with(all.toArray(String[]::new));
  }

  /// The recurrent encoder's hidden size is in the toy's settings, which others have none of.
  private static Toy.Trained train(String... settings) {
    return Toy.train("classify", settings);
  }

  @Test
  void aRunThatLearnedVectorsIsAFileToo() throws IOException {
    Path run = folder.resolve("embed");
    var embedder =
        Embed.skipGram(D)
            .tokens("min_frequency", 1)
            .epochs(1)
            .seed(1)
            .train(List.of("a b i m", "m i b a"));
    embedder.save(Files.createDirectories(run.resolve("model")));
    var trained =
        train(with("model.vectors=" + run, "model.embedding_size=64", "model.vectors_frozen=true"));
    var classifier = trained.predictor(Classifier.class);
    assertThat(row(trained.job(), classifier, "a"))
        .containsExactly(embedder.vectors().vector("a").orElseThrow());
    Path other = Files.createDirectories(folder.resolve("classify").resolve("model"));
    classifier.save(other);
    assertThatThrownBy(() -> train(with("model.vectors=" + other, "model.embedding_size=64")))
        .isInstanceOf(TaskException.class)
        .hasMessage(
            "model.vectors: expected a file of word vectors or a run of sequor train embed, got "
                + other
                + ", a run without any; name another");
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void frozenVectorsStayAndAllElseLearns(List<String> encoder) {
    var trained = train(of(encoder, "model.vectors_frozen=true"));
    var classifier = trained.predictor(Classifier.class);
    assertThat(row(trained.job(), classifier, "a")).containsExactly(0.1f, 0.2f, 0.3f, 0.4f);
    assertThat(row(trained.job(), classifier, "m")).containsExactly(1.3f, 1.4f, 1.5f, 1.6f);
    assertThat(trained.result().best().orElseThrow().metrics().get("accuracy")).isGreaterThan(0.5);
    boolean partly = encoder.contains("model.longest=2"); // n-grams share the table
    assertThat(trained.job().summary().contains(" frozen")).isEqualTo(!partly);
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void othersLearnFurtherFromThere(List<String> encoder) {
    var job = Toy.prepare(Toy.words(), "classify", of(encoder));
    var classifier = (Classifier) job.predictor();
    assertThat(row(job, classifier, "a")).containsExactly(0.1f, 0.2f, 0.3f, 0.4f);
    var trained = train(of(encoder));
    assertThat(row(trained.job(), trained.predictor(Classifier.class), "a"))
        .doesNotContain(0.1f, 0.2f, 0.3f, 0.4f);
  }

  /// The model needs the file no more.
  @ParameterizedTest
  @MethodSource("encoders")
  void aSavedModelHoldsThem(List<String> encoder) throws IOException {
    var classifier = train(of(encoder, "model.vectors_frozen=true")).predictor(Classifier.class);
    classifier.save(folder.resolve("model"));
    Files.delete(file);
    var again = Classifier.load(folder.resolve("model"));
    for (var word : List.of("abba", "ikki", "", "xyz")) {
      assertThat(again.predict(word)).isEqualTo(classifier.predict(word));
    }
  }

  /// Tasks that say something else of a text begin with them too.
  @ParameterizedTest
  @ValueSource(strings = {"regress", "multilabel"})
  void otherTasksReadThem(String task) throws IOException {
    var rows = new ArrayList<Row>();
    for (var word : List.of("abba", "ikki", "mumm", "baab")) {
      rows.add(Toy.row(word, word.startsWith("a") ? "1" : "2"));
    }
    String[] settings =
        with("model.vectors_frozen=true", "model.vectors_extra=5", "model.embedding_size=4");
    var trained = Toy.train(DataSet.of(rows, rows, rows), task, settings);
    var tokenizer = tokenizer(trained.job().predictor());
    var rowOfA =
        table(trained.job(), "encoder.embedding.weight")
            .select(0, tokenizer.vocabulary().id("a"))
            .toArray();
    assertThat(rowOfA).containsExactly(0.1f, 0.2f, 0.3f, 0.4f);
    assertThat(tokenizer.vocabulary().contains("z")).isTrue(); // only the file has it
    assertThat(trained.job().notices()).anyMatch(notice -> notice.startsWith("vectors: "));

    Files.delete(file);
    var again = Models.load(folder.resolve("model"));
    assertThat(again.answerTexts(List.of("ab", "zz")))
        .isEqualTo(trained.job().predictor().answerTexts(List.of("ab", "zz")));
  }

  private Tokenizer tokenizer(Predictor<?, ?> predictor) {
    var directory = new ModelDirectory(folder.resolve("model"));
    predictor.save(directory);
    return Tokenizer.load(directory.tokens());
  }

  @Test
  void aProgramGivesThemToo() {
    var words = new ArrayList<sequor.tasks.classify.Example>();
    Toy.words()
        .train()
        .forEach(
            row ->
                words.add(
                    sequor.tasks.classify.Example.of(row.field("word"), row.field("language"))));
    var classifier =
        Classify.with(RecurrentEncoder.gru(6))
            .vectors(VectorSettings.of(file).frozen())
            .epochs(2)
            .train(words);
    int a = classifier.tokenizer().vocabulary().id("a");
    assertThat(classifier.network().parameter("encoder.embedding.weight").select(0, a).toArray())
        .containsExactly(0.1f, 0.2f, 0.3f, 0.4f);
  }

  @Test
  void aFrozenTableIsNotInTheOptimizersStateAndResumesExactly() {
    var settings = with("model.vectors_frozen=true", "model.embedding_size=4", "model.dropout=0.3");
    var task = Task.all().get("classify");
    var learning = Learning.of(Toy.settings(task, settings));
    var checkpoints = new ArrayList<Checkpoint>();
    var whole = (Job) task.prepare(Toy.settings(task, settings), Toy.words(), learning.seed());
    learning.trainer(whole).savingEvery(5, checkpoints::add).run(3);
    assertThat(checkpoints.get(3).parameters()).containsKey("encoder.embedding.weight");
    assertThat(checkpoints.get(3).optimizer().steps())
        .isNotEmpty()
        .doesNotContainKey("encoder.embedding.weight");

    var again = (Job) task.prepare(Toy.settings(task, settings), Toy.words(), learning.seed());
    learning.trainer(again).resuming(checkpoints.get(3)).run(3);
    whole
        .module()
        .parameters()
        .forEach(
            (name, parameter) ->
                assertThat(again.module().parameter(name).toArray())
                    .as(name)
                    .isEqualTo(parameter.toArray()));
  }

  // What is found, and what is not

  private static DataSet<Row> rows(String... words) {
    var rows = new ArrayList<Row>();
    for (int i = 0; i < words.length; i++) {
      rows.add(Toy.row(words[i], i % 2 == 0 ? "x" : "y"));
    }
    return DataSet.of(rows, rows, rows);
  }

  private Job job(String... settings) {
    var all = new ArrayList<>(List.of("tokens.tokenizer=whitespace", "model.embedding_size=64"));
    all.addAll(List.of(settings));
    return Toy.prepare(
        rows("a B a", "b I q", "a nothing"), "classify", with(all.toArray(String[]::new)));
  }

  @Test
  void theWordItselfIsLookedForThenItsSmallLetters() {
    var job = job();
    var classifier = (Classifier) job.predictor();
    float[] small = {0.5f, 0.6f, 0.7f, 0.8f};
    assertThat(row(job, classifier, "b")).isEqualTo(small);
    assertThat(row(job, classifier, "B")).isEqualTo(small);
    assertThat(row(job, classifier, "I")).containsExactly(0.9f, 1.0f, 1.1f, 1.2f);
    assertThat(row(job, classifier, "<pad>")).isNotEqualTo(new float[D]); // <unk>'s
    assertThat(table(job, "encoder.embedding.weight").select(0, 0).toArray()).containsOnly(0f);
    assertThat(job.notices())
        .containsExactly(
            "vectors: 66.7 %% of 6 words have one in %s (4 numbers, learned further), 75.0 %% of the"
                    .formatted(file)
                + " training tokens; the others are drawn at random",
            "vectors: 2 words were found in small letters only, 0 have one from their subwords");
  }

  @ParameterizedTest
  @EnumSource
  void unseenWordsGetWhatTheSettingsSay(VectorSettings.Unseen unseen) {
    String name = unseen.name().toLowerCase(Locale.ROOT);
    var job = job("model.vectors_unseen=" + name);
    var row = row(job, (Classifier) job.predictor(), "nothing");
    switch (unseen) {
      case ZERO -> assertThat(row).containsOnly(0f);
      case MEAN -> assertThat(row).containsExactly(0.5f, 0.6f, 0.7f, 0.8f); // of a, b, B and i
      case RANDOM -> {
        assertThat(row).doesNotContain(0f).doesNotHaveDuplicates();
        var again = job("model.vectors_unseen=random");
        assertThat(row(again, (Classifier) again.predictor(), "nothing")).isEqualTo(row);
      }
    }
  }

  /// a.bin of fastText's kind.
  @Test
  void subwordsAnswerForUnseenWords() {
    var subwords = new Subwords(2, 3, 11);
    float[] values = new float[(2 + 11) * D];
    var random = new Random(4);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    var known = WordVectors.of(List.of("a", "b"), new long[] {2, 1}, subwords, D, values);
    known.write(folder.resolve("known.bin"));
    var job = job("model.vectors=" + folder.resolve("known.bin"));
    assertThat(row(job, (Classifier) job.predictor(), "nothing"))
        .isEqualTo(known.vector("nothing").orElseThrow());
    assertThat(job.notices().getFirst()).contains("100.0 % of 6 words");
    assertThat(job.notices().get(1))
        .isEqualTo(
            "vectors: 1 words were found in small letters only, 3 have one from their subwords");
  }

  @Test
  void wordsThatNoTrainingTextHasMayBeKnownIfTheirVectorsStay() {
    var job = job("model.vectors_frozen=true", "model.vectors_extra=100", "tokens.lower_case=true");
    var classifier = (Classifier) job.predictor();
    assertThat(classifier.tokenizer().vocabulary().contains("z")).isTrue();
    assertThat(row(job, classifier, "z")).containsExactly(1.7f, 1.8f, 1.9f, 2.0f);
    var first = job("model.vectors_frozen=true", "model.vectors_extra=4");
    var tokens = ((Classifier) first.predictor()).tokenizer().vocabulary();
    assertThat(tokens.contains("m")).isTrue();
    assertThat(tokens.contains("z")).isFalse();
    assertThatThrownBy(() -> job("model.vectors_extra=100"))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("--set: model.vectors_extra: expected 0, got 100");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> Toy.prepare(Toy.words(), "classify", with("model.embedding_size=9")))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "--set: model.embedding_size: expected 4, the size of the vectors in %s, got 9; leave it"
                    .formatted(file)
                + " out");
    assertThatThrownBy(() -> job("model.vectors=" + folder.resolve("none.txt")))
        .hasMessageContaining("no such file");
    assertThatThrownBy(
            () -> {
              Files.writeString(file, "a 1 2 3\nb 1 2\n");
              job();
            })
        .isInstanceOf(VectorsException.class)
        .hasMessageContaining("vectors.txt:2: expected a word and 3 finite numbers");
  }

  @Test
  void anEncoderWithoutTokenVectorsIsRefused() {
    var task = Task.all().get("classify");
    var model = Json.object().with("encoder", "none").with("vectors", file.toString());
    var data = Json.object().with("text", "word").with("label", "language");
    var written = Json.object().with("data", data).with("model", model);
    var settings = task.schema().complete(written, Places.NOWHERE);
    assertThatThrownBy(() -> task.prepare(settings, Toy.words(), new Seed(1)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("encoder none");
  }

  // Language models

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void aLanguageModelBeginsWithThemTiedOrNot(String tied) throws IOException {
    var trained =
        Toy.train(
            "model-language",
            "model.vectors=" + file,
            "model.embedding_size=64",
            "model.vectors_frozen=true",
            "model.tied=" + tied);
    var generator = trained.predictor(Generator.class);
    int a = generator.tokenizer().vocabulary().id("a");
    assertThat(table(trained.job(), "embedding.weight").select(0, a).toArray())
        .containsExactly(0.1f, 0.2f, 0.3f, 0.4f);
    generator.save(folder.resolve("model"));
    Files.delete(file);
    assertThat(Generator.load(folder.resolve("model")).predict("abba"))
        .isEqualTo(generator.predict("abba"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void whatIsTiedIsSavedOnce(String members) {
    var trained =
        Toy.train(
            "model-language", "model.tied=true", "model.members=" + members, "model.hidden_size=5");
    var generator = trained.predictor(Generator.class);
    generator.save(folder.resolve("model"));
    var names = Safetensors.read(new ModelDirectory(folder.resolve("model")).weights()).keySet();
    assertThat(names).noneMatch(name -> name.endsWith("head.weight"));
    assertThat(names).anyMatch(name -> name.endsWith("head.bias"));
    var again = Generator.load(folder.resolve("model"));
    assertThat(again.predict("abba")).isEqualTo(generator.predict("abba"));
    var losses =
        trained.result().epochs().stream()
            .map(e -> e.metrics().getOrDefault("train_loss", Double.NaN))
            .toList();
    assertThat(losses.getLast()).isLessThan(losses.getFirst());
    assertThat(losses.getFirst()).isLessThan(Math.log(12)); // it begins without loud guesses
  }

  // What a book's classifier of films asks for

  /// A two-layer network both ways whose last states are all joined, of texts of one length, with
  /// frozen vectors, and gradients clipped by value.
  @Test
  void settingsOfABookCanBeWritten() {
    var trained =
        train(
            with(
                "model.vectors_frozen=true",
                "model.embedding_size=64",
                "model.cell=rnn",
                "model.layers=2",
                "model.bidirectional=true",
                "model.pooling=last_of_layers",
                "tokens.marks=false",
                "tokens.max_length=6",
                "tokens.keep=last",
                "tokens.fixed_length=true",
                "training.clip_norm=0",
                "training.clip_value=0.1",
                "training.optimizer=adam"));
    var classifier = trained.predictor(Classifier.class);
    assertThat(classifier.network().parameter("head.1.weight").shape().dims())
        .containsExactly(3, 4 * 7);
    classifier.save(folder.resolve("model"));
    var again = Classifier.load(folder.resolve("model"));
    assertThat(again.predict("ab")).isEqualTo(classifier.predict("ab"));
    assertThat(trained.result().best().orElseThrow().metrics().get("accuracy")).isGreaterThan(0.6);

    var losses = new double[2];
    for (int i = 0; i < 2; i++) {
      var fixed =
          Toy.prepare(
              Toy.words(),
              "classify",
              with(
                  "model.embedding_size=64",
                  "tokens.max_length=20",
                  "tokens.fixed_length=" + (i == 0)));
      losses[i] = fixed.evaluate().getOrDefault("loss", Double.NaN);
    }
    assertThat(losses[0]).isNotEqualTo(losses[1]); // pads are read
  }

  // Large tables

  /// Rows that no text of the batch has stay as they were, whatever the optimizer.
  @ParameterizedTest
  @EnumSource
  void aStepOverALargeTableChangesTheRowsOfItsBatch(TrainingSettings.OptimizerKind kind) {
    var many = new String[70_000];
    Arrays.setAll(many, i -> "w" + i);
    var task = Task.all().get("classify");
    var settings =
        Toy.settings(
            task,
            "data.label=language",
            "tokens.tokenizer=whitespace",
            "tokens.max_size=80000",
            "tokens.max_length=50",
            "training.weight_decay=0.1",
            "training.momentum=0.5",
            "training.optimizer=" + kind.name().toLowerCase(Locale.ROOT));
    var texts = rows("w1 w2 w1", "w2 w3", String.join(" ", many), "w3");
    var job = (Job) task.prepare(settings, texts, new Seed(1));
    float[] before = row(job, (Classifier) job.predictor(), "w69999");
    float[] learned = row(job, (Classifier) job.predictor(), "w3");

    assertThat(table(job, "encoder.embedding.weight").sparseGrad()).isTrue();
    Learning.of(settings).trainer(job).run(2);
    assertThat(row(job, (Classifier) job.predictor(), "w69999")).isEqualTo(before);
    assertThat(row(job, (Classifier) job.predictor(), "w3")).isNotEqualTo(learned);
  }
}
