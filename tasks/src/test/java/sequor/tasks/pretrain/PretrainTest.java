package sequor.tasks.pretrain;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.Row;
import sequor.models.BertEncoder;
import sequor.settings.SettingsException;
import sequor.store.ModelDirectory;
import sequor.tasks.Job;
import sequor.tasks.Learning;
import sequor.tasks.Models;
import sequor.tasks.PublishedBert;
import sequor.tasks.Task;
import sequor.tasks.TaskException;
import sequor.tasks.Toy;
import sequor.tasks.classify.Classify;
import sequor.tasks.classify.Example;
import sequor.testkit.Twins;
import sequor.text.Batch;
import sequor.text.Item;
import sequor.text.Padding;
import sequor.text.Tokenizer;
import sequor.text.WordPieceKind;
import sequor.train.Checkpoint;

/// Encoders that learn from texts without labels.
class PretrainTest {
  private static final List<String> SUBJECTS = List.of("dog", "cat", "boat", "ship");
  private static final List<String> VERBS = List.of("barks", "purrs", "floats", "sinks");
  private static final Task TASK = Task.all().get(PretrainTask.NAME);

  @TempDir Path folder;

  /// Sentences in which each word follows from the others.
  private static List<String> sentences(int count) {
    var random = new SplittableRandom(3);
    var sentences = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      int which = random.nextInt(SUBJECTS.size());
      String subject = SUBJECTS.get(which);
      sentences.add("The %s %s, the %s.".formatted(subject, VERBS.get(which), subject));
    }
    return sentences;
  }

  private static DataSet<Row> rows() {
    var rows = sentences(120).stream().map(text -> Row.of(Map.of("text", text))).toList();
    return DataSet.of(rows.subList(0, 80), rows.subList(80, 100), rows.subList(100, 120));
  }

  private static String[] small(String... more) {
    var all =
        new ArrayList<>(
            List.of(
                "tokens.pieces=60",
                "model.hidden_size=32",
                "model.layers=2",
                "model.feed_forward_size=64",
                "training.batch_size=16",
                "training.learning_rate=0.003",
                "training.epochs=2"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static Job job(String... more) {
    return (Job) TASK.prepare(Toy.plain(TASK, small(more)), rows(), new Seed(1));
  }

  // What is hidden

  private static Tokenizer tokenizer() {
    return WordPieceKind.learnBert(sentences(20), 60, 1, true, true);
  }

  private static int[] targets(Item item) {
    return Batch.of(List.of(item), Padding.RIGHT).ids(Masking.TARGET).ids();
  }

  private static int[] read(Item item) {
    return Batch.of(List.of(item), Padding.RIGHT).ids("text").ids();
  }

  @Test
  void asManyAreHiddenAsAreSaidToBeAndTheyBecomeWhatTheyShould() {
    var vocabulary = tokenizer().vocabulary();
    int[] ids = new int[202];
    Arrays.fill(ids, vocabulary.id("the"));
    ids[0] = vocabulary.bos();
    ids[201] = vocabulary.eos();
    int hidden = 0;
    int kept = 0;
    int changed = 0;
    for (int epoch = 0; epoch < 400; epoch++) {
      var item = Masking.standard().items(List.of(ids), vocabulary, new Seed(epoch)).getFirst();
      int[] read = read(item);
      int[] targets = targets(item);
      int asked = 0;
      for (int t = 0; t < ids.length; t++) {
        if (targets[t] == Item.IGNORED) {
          assertThat(read[t]).isEqualTo(ids[t]);
          continue;
        }
        asked++;
        assertThat(t).isBetween(1, 200);
        assertThat(targets[t]).isEqualTo(ids[t]);
        boolean masked = read[t] == vocabulary.special("mask");
        assertThat(masked || !vocabulary.isSpecial(read[t])).isTrue();
        hidden += masked ? 1 : 0;
        kept += read[t] == ids[t] ? 1 : 0;
        changed += !masked && read[t] != ids[t] ? 1 : 0;
      }
      assertThat(asked).as("15 % of 200").isEqualTo(30);
    }
    double all = 400 * 30;
    assertThat(hidden / all).isCloseTo(0.8, within(0.01));
    int others = vocabulary.size() - 5;
    assertThat(kept / all).isCloseTo(0.1 + 0.1 / others, within(0.01));
    assertThat(changed / all).isCloseTo(0.1 - 0.1 / others, within(0.01));
  }

  @Test
  void aTextOfOneTokenHasOneToSay() {
    var vocabulary = tokenizer().vocabulary();
    int[] ids = {vocabulary.bos(), vocabulary.id("the"), vocabulary.eos()};
    var item = Masking.standard().items(List.of(ids), vocabulary, new Seed(1)).getFirst();
    assertThat(targets(item)).containsExactly(Item.IGNORED, ids[1], Item.IGNORED);
  }

  @Test
  void eachEpochHidesOthersAndTheSameEpochTheSame() {
    var job = job();
    var first = job.batches(1, new Seed(5).generator()).next();
    var again = job.batches(1, new Seed(5).generator()).next();
    var other = job.batches(2, new Seed(6).generator()).next();
    assertThat(again.ids("text").ids()).isEqualTo(first.ids("text").ids());
    assertThat(again.ids(Masking.TARGET).ids()).isEqualTo(first.ids(Masking.TARGET).ids());
    assertThat(other.ids(Masking.TARGET).ids()).isNotEqualTo(first.ids(Masking.TARGET).ids());
  }

  @Test
  void aLongTextIsReadInPieces() {
    var filler = (MaskFiller) job("tokens.max_length=3").predictor();
    var pieces = filler.pieces("the dog barks the dog barks the");
    assertThat(pieces).hasSize(3);
    assertThat(pieces.get(2)).hasSize(3);
    for (int[] piece : pieces) {
      assertThat(piece[0]).isEqualTo(filler.tokenizer().vocabulary().bos());
      assertThat(piece[piece.length - 1]).isEqualTo(filler.tokenizer().vocabulary().eos());
    }
  }

  // Learning

  @Test
  void itLearnsWhatFollowsFromTheOtherWords() {
    var job = job();
    Learning.of(Toy.plain(TASK, small("training.patience=60"))).trainer(job).run(60);
    var metrics = job.test().metrics();
    var floor = job.floor().metrics();
    assertThat(metrics.keySet()).isEqualTo(floor.keySet());
    assertThat(metrics.get("masked_accuracy")).isGreaterThan(0.8);
    assertThat(floor.get("masked_accuracy")).isLessThan(0.5);
    assertThat(metrics.get("masked_loss"))
        .isLessThan(0.6 * requireNonNull(floor.get("masked_loss")));
    var filler = (MaskFiller) job.predictor();
    assertThat(filler.fill("The dog [MASK], the dog.").tokens()).containsExactly("barks");
    assertThat(filler.fill("The [MASK] sinks, the [MASK].").tokens())
        .containsExactly("ship", "ship");
  }

  @Test
  void theFloorSaysTheMostFrequentToken() {
    var floor = job("masking.share=0.9").floor();
    assertThat(floor.method()).isEqualTo("how frequent tokens are; most: the");
    assertThat(floor.metrics().get("masked_accuracy"))
        .as("2 of 7 tokens")
        .isCloseTo(2.0 / 7, within(0.06));
  }

  @Test
  void theSameSeedGivesTheSameBitsAndAResumedTrainingTheBitsOfAWholeOne() {
    var learning = Learning.of(Toy.plain(TASK, small()));
    var checkpoints = new ArrayList<Checkpoint>();
    var whole = job();
    learning.trainer(whole).savingEvery(3, checkpoints::add).run(2);
    var again = job();
    learning.trainer(again).resuming(checkpoints.get(1)).run(2);
    assertThat(checkpoints.get(1).parameters()).isNotEmpty();
    whole
        .module()
        .parameters()
        .forEach(
            (name, parameter) -> Twins.assertSameBits(parameter, again.module().parameter(name)));
  }

  // What comes of it

  @Test
  void aSavedOneSaysTheSameAndOthersBeginWithIt() {
    var filler =
        Pretrain.with(BertEncoder.Config.of(16, 2, 1))
            .tokens(new PretrainConfig.Tokens(List.of("nfkc"), 60, 1, true, true, 30))
            .epochs(1)
            .train(sentences(40));
    filler.save(new ModelDirectory(folder));
    var text = "Ｔｈｅ dog [MASK], the dog.";
    assertThat(MaskFiller.load(folder).fill(text)).isEqualTo(filler.fill(text));
    assertThat(Models.load(folder)).isInstanceOf(MaskFiller.class);

    var published = PublishedBert.read(folder);
    assertThat(published.sizes().hiddenSize()).isEqualTo(16);
    assertThat(published.tokenizer().tokens("ＴＨＥ")).containsExactly("the");
    var config = new ModelDirectory(folder).config().read();
    assertThat(config.text("model_type")).isEqualTo("bert");
    assertThat(config.wholeNumber("vocab_size", 0, 1000))
        .isEqualTo(filler.tokenizer().vocabulary().size());

    var examples = List.of(Example.of("the dog barks", "a"), Example.of("the cat purrs", "b"));
    var classifier =
        Classify.with(BertEncoder.Config.pretrained(folder.toString()))
            .training(
                Classify.with(BertEncoder.Config.of(2, 1, 1)).training().withLearningRate(1e-9f))
            .epochs(1)
            .train(examples);
    var begun = classifier.network().parameters().get("encoder.words.weight");
    assertThat(begun).isNotNull();
    Twins.assertClose(filler.network().encoder().table(), begun);
  }

  /// Pre-training goes on with the texts of a field.
  @Test
  void itGoesOnFromAFolder() {
    var filler = Pretrain.with(BertEncoder.Config.of(16, 2, 1)).epochs(1).train(sentences(40));
    filler.save(new ModelDirectory(folder));
    var job = job("model.pretrained=" + folder, "model.hidden_size=64");
    job.module()
        .parameters()
        .forEach(
            (name, parameter) -> Twins.assertSameBits(filler.network().parameter(name), parameter));
  }

  @Test
  void aTextWithoutAGapIsRefused() {
    var filler = (MaskFiller) job().predictor();
    assertThatThrownBy(() -> filler.fill("The dog barks."))
        .isInstanceOf(TaskException.class)
        .hasMessage(
            "fill: expected a text with [MASK] in its first 126 tokens, got \"The dog barks.\"; write"
                + " it where a token is to be said");
    Toy.assertSameUnderATape(() -> filler.fill("the [MASK]"));
    var filled = filler.fill("[MASK]");
    assertThat(filled.gaps()).hasSize(1);
    assertThat(filled.json(2).array("gaps").arrays().getFirst().size()).isEqualTo(2);
    assertThat(filled.fields()).containsEntry("tokens", filled.tokens().getFirst());
  }

  @Test
  void whatCannotBeReadIsRefusedBeforeItLearns() {
    assertThatThrownBy(() -> job("tokens.max_length=511"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "--set: tokens.max_length: expected at most 510, for the encoder reads 512 with the"
                + " marks, got 511; set it to that");
    assertThatThrownBy(() -> job("data.stream=true"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("data.stream: expected false");
  }
}
