package sequor.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.Row;
import sequor.models.BertEncoder;
import sequor.settings.SettingsException;
import sequor.store.ModelDirectory;
import sequor.tasks.classify.Classifier;
import sequor.tasks.classify.Classify;
import sequor.tasks.classify.Example;
import sequor.tensor.Tensor;
import sequor.testkit.Twins;

/// Models whose encoder begins as that of a folder.
class FineTuneTest {
  private static final BertEncoder.Config CONFIG = BertEncoder.Config.of(8, 2, 1);
  private static final List<String> TEXTS =
      List.of("a fine film", "good in the end", "a dull film", "bad at the end", "not bad at all");

  @TempDir Path folder;
  private final BertEncoder encoder = BertFolder.encoder(CONFIG, new Seed(6).generator());

  @BeforeEach
  void publish() {
    BertFolder.described(folder, CONFIG);
    var tensors = BertFolder.tensors(BertLayout.BERT, encoder);
    BertFolder.weights(folder.resolve("model.safetensors"), tensors, "F32", "");
  }

  private String[] settings(String... more) {
    var all =
        new ArrayList<>(
            List.of(
                "data.text=text",
                "data.label=label",
                "model.encoder=bert",
                "model.pretrained=" + folder,
                "tokens.tokenizer=pretrained",
                "tokens.max_length=64",
                "training.epochs=1"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static DataSet<Row> rows(String task) {
    var rows = new ArrayList<Row>();
    for (int i = 0; i < TEXTS.size(); i++) {
      boolean good = i % 2 == 0;
      String label = task.equals("regress") ? String.valueOf(i) : good ? "good" : "bad";
      rows.add(Row.of(Map.of("text", TEXTS.get(i), "label", label, "pair", "the end")));
    }
    return DataSet.of(rows, rows, rows);
  }

  private Job job(String task, String... more) {
    var kind = Task.all().get(task);
    return (Job) kind.prepare(Toy.plain(kind, settings(more)), rows(task), new Seed(2));
  }

  private static Map<String, Tensor> encoderOf(Job job) {
    return job.module().parameters();
  }

  @Test
  void everyTaskOfTextsBeginsAsTheFolderIs() {
    for (var task : List.of("classify", "regress")) {
      var job = job(task);
      encoder
          .parameters()
          .forEach(
              (name, parameter) -> {
                var begun = encoderOf(job).get("encoder." + name);
                assertThat(begun).as("%s: %s", task, name).isNotNull();
                Twins.assertSameBits(parameter, begun);
              });
      assertThat(job.notices()).noneMatch(notice -> notice.contains("left out"));
    }
  }

  @Test
  void theTokensAreThoseItWasTrainedWith() {
    var classifier = (Classifier) job("classify").predictor();
    assertThat(classifier.tokenizer().tokens("Films, fine!"))
        .containsExactly("film", "##s", ",", "fine", "!");
    assertThat(classifier.reading("fine").tokens().stream().map(Reading.Token::token))
        .containsExactly("[CLS]", "fine", "[SEP]");
  }

  /// The run holds all that it needs, and the folder may go.
  @Test
  void aTunedModelNeedsTheFolderNoMore(@TempDir Path saved) throws IOException {
    var job = job("classify", "model.layer_dropout=0", "model.dropout=0");
    Learning.of(Toy.plain(Task.all().get("classify"), settings())).trainer(job).run(1);
    var classifier = (Classifier) job.predictor();
    classifier.save(new ModelDirectory(saved));
    for (var file : List.of("config.json", "model.safetensors", "vocab.txt")) {
      Files.delete(folder.resolve(file));
    }
    var again = Classifier.load(saved);
    for (var text : TEXTS) {
      assertThat(again.predict(text).probabilities())
          .isEqualTo(classifier.predict(text).probabilities());
    }
    assertThat(again.network().parameter("encoder.words.weight").toArray())
        .as("it has learned")
        .isNotEqualTo(encoder.table().toArray());
  }

  @Test
  void pairsAreToldApartByTypes() {
    var job = job("classify", "data.pair=pair");
    var classifier = (Classifier) job.predictor();
    var apart = classifier.predict("a fine film", "the end").probabilities();
    var types = job.module().parameters().get("encoder.types.weight");
    assertThat(types).isNotNull();
    types.assign(Tensor.concat(0, List.of(types.slice(0, 0, 1), types.slice(0, 0, 1))));
    assertThat(classifier.predict("a fine film", "the end").probabilities()).isNotEqualTo(apart);
  }

  @Test
  void inAProgramItIsOneLine() {
    var examples = new ArrayList<Example>();
    for (int i = 0; i < TEXTS.size(); i++) {
      examples.add(Example.of(TEXTS.get(i), i % 2 == 0 ? "good" : "bad"));
    }
    var classifier =
        Classify.with(BertEncoder.Config.pretrained(folder.toString())).epochs(1).train(examples);
    assertThat(classifier.tokenizer().tokens("Films")).containsExactly("film", "##s");
    assertThat(classifier.network().parameters()).containsKey("encoder.words.weight");

    var said = classifier.predict("a ".repeat(700)); // longer than it reads
    assertThat(said.cut()).isTrue();
    assertThat(said.probability()).isBetween(0.0, 1.0);
  }

  @Test
  void otherTokensAreRefused() {
    assertThatThrownBy(() -> job("classify", "tokens.tokenizer=words"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "--set: tokens.tokenizer: expected pretrained, the tokens that "
                + folder
                + " was trained with, got words; write tokens.tokenizer=pretrained");
  }

  @Test
  void textsThatAreTooLongForItAreRefusedBeforeItLearns() {
    assertThatThrownBy(() -> job("classify", "tokens.max_length=511"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "--set: tokens.max_length: expected at most 510, for the encoder reads 512 with the marks, got"
                + " 511; set it to that");
    assertThatThrownBy(() -> job("classify", "tokens.max_length=510", "data.pair=pair"))
        .hasMessageContaining("expected at most 509");
  }
}
