package sequor.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.SequorException;
import sequor.models.CellKind;
import sequor.models.ModelException;
import sequor.tasks.classify.Classifier;
import sequor.tasks.classify.Prediction;
import sequor.tasks.language.Generator;
import sequor.tensor.Tape;

/// Sequences that are read as they come.
class SessionTest {
  private static final String TEXT = "abbaumukikab";

  private static Generator generator(CellKind cell, String... more) {
    return (Generator) predictor("model-language", cell, more);
  }

  private static Classifier classifier(CellKind cell, String... more) {
    String[] all = Arrays.copyOf(more, more.length + 2);
    all[more.length] = "data.label=language";
    all[more.length + 1] = "model.bidirectional=false";
    return (Classifier) predictor("classify", cell, all);
  }

  private static Predictor<?, ?> predictor(String task, CellKind cell, String... more) {
    String[] all = Arrays.copyOf(more, more.length + 1);
    all[more.length] = "model.cell=" + cell.name().toLowerCase(Locale.ROOT);
    return Toy.prepare(Toy.words(), task, all).predictor();
  }

  /// The sum of what a session found surprising is what the whole text is scored with.
  @ParameterizedTest
  @EnumSource
  void aTextAsItComesIsAsLikelyAsTheWhole(CellKind cell) {
    for (String more : List.of("model.layers=2", "model.members=2", "model.ngram_share=0.4")) {
      var generator = generator(cell, more);
      var session = generator.session();
      double nats = 0;
      for (int i = 0; i < TEXT.length(); i++) {
        String token = TEXT.substring(i, i + 1);
        nats += session.now().nats(token);
        session.step(token);
        session = generator.session(session.toBytes()); // put aside after each step
      }
      nats -= Math.log(session.now().end());

      assertThat(session.steps()).isEqualTo(TEXT.length() + 1);
      assertThat(nats).as(more).isCloseTo(generator.predict(TEXT).nats(), within(1e-4));
      double sum = Arrays.stream(session.now().probabilities()).sum();
      assertThat(sum).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void aSessionThatWasPutAsideGoesOnToTheSameBits() {
    var generator = generator(CellKind.LSTM, "model.ngram_share=0.4");
    var session = generator.session();
    session.read("abba");
    var other = generator.session(session.toBytes());

    assertThat(other.now().probabilities()).isEqualTo(session.now().probabilities());
    assertThat(other.read("umu").probabilities()).isEqualTo(session.read("umu").probabilities());
    assertThat(other.toBytes()).isEqualTo(session.toBytes());
    assertThat(other.now().top(3)).hasSize(3);
  }

  /// What is read under a tape is kept when that has closed.
  @Test
  void aSessionOutlivesATape() {
    var generator = generator(CellKind.GRU);
    var classifier = classifier(CellKind.GRU, "model.dropout=0.5");
    var text = generator.session();
    var label = classifier.session();
    try (var _ = Tape.open(new SplittableRandom(1))) {
      text.read("abba");
      label.read("abba");
    }
    assertThat(text.step("u").probabilities())
        .isEqualTo(generator.session().read("abbau").probabilities());
    assertThat(label.step("u")).isEqualTo(classifier.session().read("abbau"));
  }

  @Test
  void aConditionedModelIsToldItsLabel() {
    var generator = generator(CellKind.GRU, "data.label=language");
    var one = generator.sessionOf("abba").now().probabilities();

    assertThat(generator.sessionOf("umu").now().probabilities()).isNotEqualTo(one);
    assertThatThrownBy(generator::session)
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("expected a label (abba, ikki, umu)");
    assertThatThrownBy(() -> generator(CellKind.GRU).sessionOf("abba"))
        .hasMessageContaining("was trained without, got 'abba'");
  }

  /// After each token the answer is that for the text so far, whatever is pooled.
  @ParameterizedTest
  @EnumSource
  void aClassifierSaysWhatTheTextSoFarGets(CellKind cell) {
    for (String more :
        List.of(
            "model.pooling=last",
            "model.pooling=mean",
            "model.pooling=max",
            "model.pooling=all",
            "model.members=2",
            "tokens.marks=false",
            "tokens.max_length=7")) {
      var classifier = classifier(cell, more, "model.layers=2");
      var session = classifier.session();
      assertSame(session.now(), classifier.predict(""), more);
      for (int i = 0; i < TEXT.length(); i++) {
        session = classifier.session(session.toBytes());
        var said = session.step(TEXT.substring(i, i + 1));
        var whole = classifier.predict(TEXT.substring(0, i + 1));
        assertSame(said, whole, more);
        assertThat(said.cut()).isEqualTo(whole.cut());
      }
      assertThat(session.steps()).isEqualTo(TEXT.length());
    }
  }

  private static void assertSame(Prediction said, Prediction wanted, String what) {
    for (var scored : wanted.probabilities()) {
      var own =
          said.probabilities().stream()
              .filter(one -> one.label().equals(scored.label()))
              .findFirst()
              .orElseThrow();
      assertThat(own.probability()).as(what).isCloseTo(scored.probability(), within(1e-5));
    }
  }

  @Test
  void wordsAreStepsOfTheirOwn() {
    var generator = generator(CellKind.RNN, "tokens.tokenizer=words");
    var session = generator.session();
    var known = generator.tokenizer().vocabulary().tokens().getLast();
    int id = generator.tokenizer().vocabulary().id(known);

    var after = session.step(known).probabilities();

    assertThat(generator.session().step(id).probabilities()).isEqualTo(after);
    assertThat(generator.session().read(known).probabilities()).isEqualTo(after);
    assertThat(generator.session().step("unheard").probabilities())
        .isEqualTo(generator.session().step("<unk>").probabilities());
    assertThatThrownBy(() -> session.step(id + 1))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("expected an id from 0 to " + id);
  }

  /// What must see the end before it can begin, and why.
  @ParameterizedTest
  @CsvSource({
    "model.bidirectional=true, one that reads both ways; train one that reads one way",
    "model.pooling=attention, 'attention, whose weights depend on the steps to come'",
    "tokens.keep=last, one that reads the end of a text; train it with tokens.keep=first",
  })
  void whatNeedsTheWholeIsRefused(String setting, String reason) {
    var classifier =
        (Classifier)
            Toy.prepare(
                    Toy.words(),
                    "classify",
                    "data.label=language",
                    setting.startsWith("model.bi") ? setting : "model.bidirectional=false",
                    setting.startsWith("model.bi") ? "model.layers=1" : setting)
                .predictor();
    assertThatThrownBy(classifier::session)
        .isInstanceOf(SequorException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void aConvolutionIsRefused() {
    var classifier =
        (Classifier)
            Toy.prepare(
                    Toy.words(),
                    "classify",
                    "data.label=language",
                    "model.encoder=bag",
                    "model.embedding_size=4")
                .predictor();
    assertThatThrownBy(classifier::session)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("got BagEncoder; train one that reads one way");
  }

  /// Each bit of the bytes counts, and each length.
  @ParameterizedTest
  @ValueSource(strings = {"model-language", "classify"})
  void damagedBytesAreRefused(String task) {
    Streams<? extends TokenSession<?>> model =
        task.equals("classify") ? classifier(CellKind.GRU) : generator(CellKind.GRU);
    var session = model.session();
    session.read("abba");
    byte[] bytes = session.toBytes();
    assertDamageIsRefused(model, bytes);
    assertThatThrownBy(() -> model.session(Arrays.copyOf(bytes, bytes.length + 4)))
        .isInstanceOf(TaskException.class);
    var other = generator(CellKind.GRU, "model.layers=2").session().toBytes();
    assertThatThrownBy(() -> model.session(other))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("expected one of this model (")
        .hasMessageContaining("got one of another (");
  }

  /// Of bytes that are good.
  static void assertDamageIsRefused(Streams<?> model, byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] = (byte) (damaged[i] ^ (1 << (i % 8)));
      assertThatThrownBy(() -> model.session(damaged))
          .isInstanceOf(TaskException.class)
          .hasMessageStartingWith("session: expected ")
          .hasMessageEndingWith("; begin a new session");
      byte[] cut = Arrays.copyOf(bytes, i);
      assertThatThrownBy(() -> model.session(cut)).isInstanceOf(TaskException.class);
    }
  }

  /// Bytes that are whole and say what cannot be are refused too.
  @Test
  void forgedSizesAreRefused() {
    var generator = generator(CellKind.LSTM);
    var whole = generator.session();
    String model = new String(whole.toBytes(), 5, 8, java.nio.charset.StandardCharsets.US_ASCII);
    var real = SessionBytes.of(whole.toBytes(), model);
    var more = new java.util.ArrayList<>(real.tensors());
    more.add(new float[3]);
    for (var forged :
        List.of(
            new SessionBytes(model, 3, new int[0], List.of()),
            new SessionBytes(model, 3, new int[0], List.of(new float[7], new float[8])),
            new SessionBytes(model, 3, new int[0], more),
            new SessionBytes(model, 3, new int[] {1}, real.tensors()),
            new SessionBytes(model, -1, new int[0], real.tensors()))) {
      assertThatThrownBy(() -> generator.session(forged.bytes())).isInstanceOf(TaskException.class);
    }
    assertThat(generator.session(real.bytes()).steps()).isEqualTo(1);
  }

  /// The bytes of a session do not grow with what it has read.
  @Test
  void aSessionIsAsLargeAsItsState() {
    var session = generator(CellKind.GRU).session();
    int before = session.toBytes().length;
    session.read(TEXT.repeat(50));
    assertThat(session.toBytes()).hasSize(before).hasSize(29 + (4 + 7 * 4) + 4);
  }
}
