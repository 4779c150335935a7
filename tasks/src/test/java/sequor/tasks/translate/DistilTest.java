package sequor.tasks.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.Row;
import sequor.kernels.Parallel;
import sequor.models.CellKind;
import sequor.models.EncoderDecoderConfig;
import sequor.models.RecurrentEncoderDecoder;
import sequor.models.TransformerEncoder;
import sequor.models.TransformerEncoderDecoder;
import sequor.settings.SettingsException;
import sequor.store.ModelDirectory;
import sequor.tasks.Columns;
import sequor.tasks.Job;
import sequor.tasks.Learning;
import sequor.tasks.Task;
import sequor.tasks.TaskException;
import sequor.tasks.TeacherSettings;
import sequor.tasks.Toy;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.testkit.Twins;
import sequor.text.Batch;
import sequor.text.Batches;
import sequor.train.Checkpoint;

/// Translators that learn from a larger one.
class DistilTest {
  private static final RecurrentEncoderDecoder.Config GRU =
      RecurrentEncoderDecoder.Config.of(CellKind.GRU, 32).withLayers(1, 0);
  private static final TransformerEncoderDecoder.Config BLOCKS =
      TransformerEncoderDecoder.Config.of(32, 2, 1)
          .with(true, TransformerEncoder.Positions.SINUSOIDAL, 0);

  @TempDir Path folder;

  static List<Named<EncoderDecoderConfig>> networks() {
    return List.of(Named.of("recurrent", GRU), Named.of("transformer", BLOCKS));
  }

  private static DataSet<Example> pairs() {
    return TranslatorTest.words(400, true);
  }

  private static Translate small(EncoderDecoderConfig network) {
    return Translate.with(network).loss(0, 1).epochs(3).seed(5);
  }

  private static TeacherSettings how(float temperature, float weight) {
    return new TeacherSettings("", temperature, weight);
  }

  private static Batch batch(TranslateJob job) {
    return job.batches(0, new Seed(1).generator()).next();
  }

  // The loss

  /// A student that is its teacher has nothing to learn of it, and its loss is the entropy of what
  /// the teacher says.
  @ParameterizedTest
  @MethodSource("networks")
  void aStudentThatIsItsTeacherLearnsNothing(EncoderDecoderConfig network) {
    var teacher = small(network).train(pairs());
    for (float temperature : new float[] {1, 3}) {
      var job = small(network).from(teacher, how(temperature, 1)).job(pairs());
      teacher
          .network()
          .parameters()
          .forEach((name, weight) -> job.module().parameter(name).assign(weight.toArray()));
      var batch = batch(job);
      float loss;
      try (var tape = Tape.open()) {
        var of = job.loss(batch);
        loss = of.item();
        tape.backward(of);
      }
      assertThat((double) loss)
          .isCloseTo(
              temperature * temperature * entropy(teacher, batch, temperature), within(1e-4));
      job.module()
          .parameters()
          .forEach(
              (name, parameter) ->
                  Twins.assertClose(Tensor.zeros(parameter.shape().dims()), parameter.grad(), 1));
    }
  }

  /// The mean over the tokens of a batch, in doubles.
  private static double entropy(Translator teacher, Batch batch, float temperature) {
    var spans = Columns.spans(batch, PairReader.TOLD);
    var hidden = teacher.read(batch).hidden(Columns.ids(batch, PairReader.TOLD), spans);
    var logits = teacher.network().head().forward(hidden); // (B,T,V)
    double sum = 0;
    int tokens = 0;
    for (int b = 0; b < logits.dim(0); b++) {
      for (int t = spans.start(b); t < spans.end(b); t++, tokens++) {
        double[] powers = new double[logits.dim(2)];
        double all = 0;
        for (int v = 0; v < powers.length; v++) {
          powers[v] = Math.exp(logits.get(b, t, v) / (double) temperature);
          all += powers[v];
        }
        for (double power : powers) {
          sum -= power / all * Math.log(power / all);
        }
      }
    }
    return sum / tokens;
  }

  /// Nothing of the teacher is learned or dropped, though its student is in training.
  @Test
  void theTeacherNeverChanges() {
    var dropping = GRU.withLayers(1, 0.5f);
    var teacher = small(dropping).train(pairs());
    var before = teacher.translate("oak elm ash");
    var job = small(GRU).from(teacher, how(1, 1)).job(pairs());
    var weights = teacher.network().parameters();
    weights.forEach((name, weight) -> job.module().parameter(name).assign(weight.toArray()));
    var batch = batch(job);
    double entropy = entropy(teacher, batch, 1);
    try (var tape = Tape.open(new Seed(3).generator())) {
      var of = job.loss(batch);
      assertThat((double) of.item()).isCloseTo(entropy, within(1e-4));
      tape.backward(of);
    }
    weights.forEach((name, weight) -> assertThat(weight.hasGrad()).as(name).isFalse());
    assertThat(teacher.translate("oak elm ash")).isEqualTo(before);
  }

  @Test
  void aTeacherWithoutWeightChangesNothing() {
    var teacher = small(BLOCKS).train(pairs());
    var alone = small(GRU).train(pairs());
    var taught = small(GRU).from(teacher, how(2, 0)).train(pairs());
    assertThat(taught.translate("oak elm ash")).isEqualTo(alone.translate("oak elm ash"));
  }

  // Learning

  /// A teacher that is never quite sure is met by whoever listens to it, and not by whoever learns
  /// the same pairs alone.
  @ParameterizedTest
  @MethodSource("networks")
  void aStudentComesNearerToItsTeacher(EncoderDecoderConfig network) {
    var teacher = small(GRU).loss(0.4f, 1).epochs(12).train(pairs());
    var taught = small(network).from(teacher, how(1, 1)).epochs(12).train(pairs());
    var alone = small(network).epochs(12).train(pairs());
    assertThat(distance(teacher, taught)).isLessThan(0.6 * distance(teacher, alone));
  }

  /// The mean of KL(teacher ‖ student) over the tokens of the test pairs.
  private static double distance(Translator teacher, Translator student) {
    double sum = 0;
    int tokens = 0;
    for (var example : pairs().test().toList()) {
      var wide = said(teacher, example); // (1,T,V)
      var narrow = said(student, example);
      sum += wide.exp().times(wide.minus(narrow)).sum().item();
      tokens += wide.dim(1);
    }
    return sum / tokens;
  }

  private static Tensor said(Translator translator, Example example) {
    var reader = translator.reader();
    var batch = Batches.of(List.of(reader.item(reader.read(example)))).byLength().getFirst();
    var told = Columns.ids(batch, PairReader.TOLD);
    var hidden = translator.read(batch).hidden(told, Columns.spans(batch, PairReader.TOLD));
    return translator.network().head().forward(hidden).logSoftmax();
  }

  /// It reads sources with its own tokens and in its own order.
  @Test
  void theTeacherReadsInItsOwnWay() {
    var signs = pairs().map(each -> Example.of(each.source() + " !", each.target()));
    var teacher = small(BLOCKS).separately().reversed().train(pairs());
    var student = small(GRU).separately().from(teacher, how(1, 0.5f));
    var job = student.job(signs);
    var batch = batch(job);
    int eos = teacher.reader().source().vocabulary().eos();
    int unknown = teacher.reader().source().vocabulary().unk();
    var read = Columns.ids(batch, Teacher.SOURCE);
    for (int b = 0; b < batch.size(); b++) {
      assertThat(read.get(b, 0)).isEqualTo(unknown); // the sign at the end
      assertThat(read.get(b, batch.ids(Teacher.SOURCE).lengths()[b] - 1)).isEqualTo(eos);
    }
    assertThat(job.loss(batch).item()).isFinite().isPositive();
  }

  // From a recipe

  private Job job(String... more) {
    var task = Task.all().get("translate");
    return (Job) task.prepare(settings(more), rows(pairs()), new Seed(5));
  }

  private sequor.settings.Settings settings(String... more) {
    var all =
        new ArrayList<>(
            List.of(
                "tokens.tokenizer=whitespace",
                "model.hidden_size=16",
                "model.embedding_size=16",
                "model.layers=1",
                "training.epochs=3",
                "training.batch_size=32",
                "training.learning_rate=0.01"));
    all.addAll(List.of(more));
    return Toy.plain(Task.all().get("translate"), all.toArray(String[]::new));
  }

  private static DataSet<Row> rows(DataSet<Example> pairs) {
    return pairs.map(each -> Row.of(Map.of("source", each.source(), "target", each.target())));
  }

  private String teacher() {
    small(BLOCKS).train(pairs()).save(new ModelDirectory(folder));
    return "loss.teacher=" + folder;
  }

  private static List<Integer> bits(Job job) {
    var bits = new ArrayList<Integer>();
    for (var tensor : job.module().parameters().values()) {
      for (float value : tensor.toArray()) {
        bits.add(Float.floatToRawIntBits(value));
      }
    }
    return bits;
  }

  private List<Integer> trained(String... more) {
    var job = job(more);
    Learning.of(settings(more)).trainer(job).run(3);
    return bits(job);
  }

  @Test
  void theSameSeedGivesTheSameBitsWithAnyNumberOfThreads() {
    var teacher = teacher();
    int before = Parallel.threads();
    try {
      Parallel.threads(1);
      var alone = trained(teacher);
      Parallel.threads(2);
      assertThat(trained(teacher)).isEqualTo(alone);
      assertThat(trained()).isNotEqualTo(alone);
    } finally {
      Parallel.threads(before);
    }
  }

  @Test
  void goesOnToTheSameBits() {
    var teacher = teacher();
    var checkpoints = new ArrayList<Checkpoint>();
    var whole = job(teacher);
    Learning.of(settings(teacher)).trainer(whole).saving(checkpoints::add).run(3);
    var file = folder.resolve("1.safetensors");
    checkpoints.getFirst().write(file);
    var again = job(teacher);
    Learning.of(settings(teacher)).trainer(again).resuming(Checkpoint.read(file)).run(3);
    assertThat(bits(again)).isEqualTo(bits(whole));
  }

  /// Batches are made as they are asked for, and what the teacher says of them too.
  @Test
  void streamedPairsAreTaughtToo() {
    var task = Task.all().get("translate");
    var settings = settings(teacher(), "data.stream=true");
    var job = (Job) task.prepare(settings, Toy.streaming(rows(pairs())), new Seed(5));
    Learning.of(settings).trainer(job).run(1);
    assertThat(job.evaluate()).containsKey("nats_per_token");
  }

  // What does not go together

  @Test
  void aTeacherOfOtherTokensIsRefused() {
    var teacher = small(GRU).train(pairs());
    var others = pairs().map(each -> Example.of(each.source(), each.target() + " end"));
    assertThatThrownBy(() -> small(GRU).from(teacher, how(1, 1)).job(others))
        .isInstanceOf(TaskException.class)
        .hasMessage(
            "teacher: expected one that says the student's 13 tokens, got one that says 12, without 1"
                + " of these; train both on the same pairs, with the same keys in the section tokens"
                + " (tokenizer, joint, lower_case, max_size, …)");
    assertThatThrownBy(
            () -> small(GRU).separately().from(small(GRU).train(others), how(1, 1)).job(pairs()))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("without 0 of these");
  }

  @Test
  void aTeacherOfAnotherTaskIsRefused() {
    Toy.train("classify", "data.label=language", "training.epochs=1")
        .job()
        .predictor()
        .save(new ModelDirectory(folder));
    assertThatThrownBy(() -> job("loss.teacher=" + folder))
        .isInstanceOf(TaskException.class)
        .hasMessageEndingWith("expected a Translator, got a Classifier; load it as that");
  }

  @Test
  void aTeacherOfNumbersIsRefused() {
    var task = Task.all().get("translate");
    var settings =
        Toy.plain(task, "data.values=[\"x\"]", "loss.teacher=anywhere", "tokens.joint=false");
    assertThatThrownBy(() -> task.prepare(settings, rows(pairs()), new Seed(1)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("loss.teacher: expected none");
  }
}
