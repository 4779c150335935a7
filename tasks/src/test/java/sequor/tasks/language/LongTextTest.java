package sequor.tasks.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.Seed;
import sequor.data.DataException;
import sequor.data.DataSet;
import sequor.data.Row;
import sequor.data.Source;
import sequor.models.CellKind;
import sequor.settings.SettingsException;
import sequor.tasks.Job;
import sequor.tasks.Toy;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.text.Batch;
import sequor.text.TextException;

/// Texts that are read one behind the other.
class LongTextTest {
  private static final String VERSE =
      "one, two,\n  buckle my shoe;\nthree, four,\n  shut the door;\n";

  private static Row row(String text) {
    return Row.of(Map.of("word", text, "language", ""));
  }

  private static DataSet<Row> verses() {
    var train = List.of(row(VERSE.repeat(3)), row(VERSE.repeat(2) + "the end"));
    return DataSet.of(train, List.of(row(VERSE)), List.of(row("one,\n"), row("two,\n  shoe")));
  }

  private static Job job(String reading, String... more) {
    String[] all = Arrays.copyOf(more, more.length + 2);
    all[more.length] = "data.reading=" + reading;
    all[more.length + 1] = "data.steps=7";
    return Toy.prepare(verses(), "model-language", all);
  }

  private static List<Batch> batches(Job job, int epoch) {
    try (var feed = job.batches(epoch, new Seed(epoch).generator())) {
      var all = new java.util.ArrayList<Batch>();
      feed.forEachRemaining(all::add);
      return all;
    }
  }

  /// What the training texts are one behind the other.
  private static int[] whole(Generator generator) {
    var rows = verses().train().map(row -> row.field("word"));
    return LongText.of(generator.texts(), 7, rows).ids();
  }

  private static Generator generator(Job job) {
    return (Generator) job.predictor();
  }

  @Test
  void textsStandOneBehindTheOther() {
    var generator = generator(job("chunks"));
    var vocabulary = generator.tokenizer().vocabulary();
    int[] ids = whole(generator);

    assertThat(ids[0]).isEqualTo(vocabulary.bos());
    assertThat(ids[1 + 3 * VERSE.length()]).isEqualTo(vocabulary.eos());
    assertThat(ids).hasSize(2 + 5 * VERSE.length() + "the end".length());
    assertThat(generator.tokenizer().decode(ids)).isEqualTo(VERSE.repeat(5) + "the end");
    assertThat(ids).doesNotContain(vocabulary.unk());
  }

  /// Also where a tokenizer puts a space before the first word of a text.
  @ParameterizedTest
  @ValueSource(strings = {"bpe", "unigram"})
  void piecesOfWordsKeepLinesAndIndentation(String tokenizer) {
    var generator = generator(job("chunks", "tokens.tokenizer=" + tokenizer));
    assertThat(generator.tokenizer().decode(whole(generator)))
        .isEqualTo(VERSE.repeat(5) + "the end");
    var request = new sequor.tasks.Generates.Request("one, two,\n  ", "", 1, 0, 1, 30);
    assertThat(generator.generate(request, 3, 1))
        .allMatch(made -> made.text().startsWith("one, two,\n  "));
  }

  @Test
  void chunksAreThePiecesOfTheTextInAnotherOrderEachEpoch() {
    var job = job("chunks", "training.batch_size=4");
    int[] ids = whole(generator(job));
    var wanted = new java.util.ArrayList<String>();
    for (int from = 0; from + 8 <= ids.length; from += 8) { // 7 to read, and one more to say
      wanted.add(Arrays.toString(Arrays.copyOfRange(ids, from, from + 8)));
    }

    assertThat(job.sizes().train()).isEqualTo(ids.length / 8).isEqualTo(wanted.size());
    assertThat(job.batchesPerEpoch()).isEqualTo(OptionalLong.of(Math.ceilDiv(wanted.size(), 4)));
    assertThat(chunks(job, 1)).containsExactlyInAnyOrderElementsOf(wanted).isNotEqualTo(wanted);
    assertThat(chunks(job, 1)).isEqualTo(chunks(job, 1)).isNotEqualTo(chunks(job, 2));
  }

  /// Each with the token behind it.
  private static List<String> chunks(Job job, int epoch) {
    var chunks = new java.util.ArrayList<String>();
    for (var batch : batches(job, epoch)) {
      int[] read = batch.ids(NextTokens.TEXT).ids();
      int[] said = batch.ids(NextTokens.NEXT).ids();
      for (int b = 0; b < batch.size(); b++) {
        int[] chunk = Arrays.copyOf(Arrays.copyOfRange(read, 7 * b, 7 * b + 7), 8);
        chunk[7] = said[7 * b + 6];
        assertThat(Arrays.copyOfRange(said, 7 * b, 7 * b + 7))
            .isEqualTo(Arrays.copyOfRange(chunk, 1, 8));
        chunks.add(Arrays.toString(chunk));
      }
    }
    return chunks;
  }

  /// The losses of the windows of an epoch, with the state carried, are those of each place's whole
  /// text; and a window alone has another.
  @ParameterizedTest
  @EnumSource
  void whatIsCarriedOnIsTheWholeText(CellKind cell) {
    var job =
        job(
            "carried",
            "training.batch_size=3",
            "model.dropout=0",
            "model.members=2",
            "model.cell=" + cell.name().toLowerCase(java.util.Locale.ROOT));
    var generator = generator(job);
    int[] ids = whole(generator);
    int length = (ids.length - 1) / 3;
    double wanted = 0;
    for (int b = 0; b < 3; b++) {
      int[] read = Arrays.copyOfRange(ids, b * length, (b + 1) * length);
      int[] said = Arrays.copyOfRange(ids, b * length + 1, (b + 1) * length + 1);
      for (var member : generator.members().all()) {
        var hidden =
            member.hidden(Ids.of(read, 1, length), Ids.of(new int[1], 1), Spans.full(1, length));
        var logits = member.head().forward(hidden.select(0, 0)); // (T,V)
        wanted += logits.crossEntropy(Ids.of(said)).item() / 6;
      }
    }

    double sum = 0;
    List<sequor.tensor.Tensor> state = List.of();
    var windows = batches(job, 1);
    assertThat(windows).hasSize(Math.ceilDiv(length, 7)).hasSameSizeAs(batches(job, 2));
    for (var window : windows) {
      try (var _ = Tape.open()) {
        var carried = job.loss(window, state);
        sum += carried.loss().item() * (double) window.ids(NextTokens.TEXT).steps();
        state = carried.state().stream().map(sequor.tensor.Tensor::copy).toList();
      }
    }
    assertThat(sum / length).isCloseTo(wanted, within(1e-5));
    float alone = job.loss(windows.get(1), List.of()).loss().item();
    float together = job.loss(windows.get(1), state).loss().item();
    assertThat(alone).isNotEqualTo(together);
  }

  /// All of what is held out is read from its beginning on, whatever it is cut into.
  @ParameterizedTest
  @CsvSource({"carried, 0", "chunks, 0", "carried, 0.4"})
  void whatIsHeldOutIsScoredAsOneText(String reading, double share) {
    var job = job(reading, "training.batch_size=3", "model.ngram_share=" + share);
    var generator = generator(job);
    String long1 = VERSE.repeat(40); // more than two windows of scoring
    var rows = Source.of(List.of(row(long1), row("two,\n")));
    var text = LongText.of(generator.texts(), 7, Source.of(List.of(long1, "two,\n")));
    int[] ids = text.ids();
    assertThat(ids.length).isGreaterThan(2048);

    var member = generator.members().all().getFirst();
    int[] read = Arrays.copyOf(ids, ids.length - 1);
    var hidden =
        member.hidden(
            Ids.of(read, 1, read.length), Ids.of(new int[1], 1), Spans.full(1, read.length));
    var logs = member.head().forward(hidden.select(0, 0)).logSoftmax(); // (T,V)
    double nats = 0;
    for (int t = 0; t < read.length; t++) {
      float[] next = logs.select(0, t).toArray();
      nats -= share == 0 ? next[ids[t + 1]] : mixed(generator, next, ids, t);
    }

    var evaluation = generator.evaluate(rows);
    assertThat(evaluation.metrics().get("nats_per_token"))
        .isCloseTo(nats / read.length, within(1e-5));
    assertThat(evaluation.predictions().rows()).hasSize(2);
    int ends = 1; // of the first text
    double perChar = evaluation.metrics().getOrDefault("nats_per_char", Double.NaN);
    assertThat(perChar * (read.length - ends)).isLessThan(nats).isGreaterThan(0.9 * nats);
  }

  private static double mixed(Generator generator, float[] logs, int[] ids, int t) {
    double[] next = new double[logs.length];
    Scoring.probabilities(logs, 0, next);
    int[] history = Arrays.copyOfRange(ids, 1, t + 1);
    generator.ngrams().orElseThrow().mixInto(next, history, new double[next.length]);
    return Math.log(next[ids[t + 1]]);
  }

  /// The same n-grams that a text in one piece has.
  @Test
  void theFloorReadsTheSameText() {
    var job = job("carried", "floor.order=8", "training.batch_size=3");
    var generator = generator(job);
    int[] train = whole(generator);
    int[] test =
        LongText.of(generator.texts(), 7, verses().test().map(row -> row.field("word"))).ids();
    var model =
        KneserNey.train(
            8,
            generator.tokenizer().vocabulary().size(),
            List.of(Arrays.copyOfRange(train, 1, train.length)));
    double nats = model.nats(List.of(Arrays.copyOfRange(test, 1, test.length)));

    assertThat(job.floor().metrics().get("nats_per_token")).isCloseTo(nats, within(1e-12));
    assertThat(job.floor().method()).contains("8-gram");
  }

  /// A model of a long text is not asked for its end, and begins as it goes on.
  @Test
  void itSaysWhatComesNextAndNotWhereItEnds() {
    var job = Toy.train(verses(), "model-language", "data.reading=chunks", "data.steps=7").job();
    var generator = generator(job);

    assertThat(generator.predict("one").tokens()).isEqualTo(3);
    assertThat(generator.predict("").natsPerToken()).isZero();
    assertThat(generator.reading("one\n").tokens())
        .extracting(token -> token.token())
        .containsExactly("o", "n", "e", "\n");
    var request = new sequor.tasks.Generates.Request("one", "", 1, 0, 1, 30);
    assertThat(generator.generate(request, 3, 1)).allMatch(made -> made.text().startsWith("one"));
    assertThat(job.notices()).isEmpty(); // nothing is cut
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    assertThatThrownBy(() -> job("chunks", "data.label=language"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "--set: data.reading: expected texts, each for itself, where there is a data.label, got"
                + " chunks; leave the label out");
    assertThatThrownBy(() -> job("carried", "data.stream=true"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("set data.stream to false");
    assertThatThrownBy(() -> job("carried", "training.batch_size=4000"))
        .isInstanceOf(TextException.class)
        .hasMessageContaining("use fewer streams or more text");
    assertThatThrownBy(
            () -> Toy.prepare(verses(), "model-language", "data.reading=chunks", "data.steps=9999"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("data.steps: expected a text of more than 9999 tokens");
  }
}
