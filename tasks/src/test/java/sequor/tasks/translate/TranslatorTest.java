package sequor.tasks.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.models.CellKind;
import sequor.models.EncoderDecoderConfig;
import sequor.models.RecurrentEncoderDecoder;
import sequor.models.RecurrentEncoderDecoder.Looking;
import sequor.models.TransformerEncoder;
import sequor.models.TransformerEncoderDecoder;
import sequor.settings.SettingsException;
import sequor.tasks.Toy;

class TranslatorTest {
  @TempDir Path folder;

  private static final RecurrentEncoderDecoder.Config GRU =
      RecurrentEncoderDecoder.Config.of(CellKind.GRU, 64).withLayers(1, 0);

  /// Words in any order, and the same in their own or the other direction.
  static DataSet<Example> words(int count, boolean reversed) {
    var random = new Seed(3).child("words").generator();
    var words = List.of("oak", "elm", "ash", "fir", "yew", "box", "may", "bay");
    var pairs = new ArrayList<Example>();
    for (int i = 0; i < count; i++) {
      var some =
          random
              .ints(2 + random.nextInt(5), 0, words.size())
              .mapToObj(words::get)
              .collect(Collectors.toCollection(ArrayList::new));
      String source = String.join(" ", some);
      if (reversed) {
        Collections.reverse(some);
      }
      pairs.add(Example.of(source, String.join(" ", some)));
    }
    return DataSet.of(
        pairs.subList(0, count - 120),
        pairs.subList(count - 120, count - 60),
        pairs.subList(count - 60, count));
  }

  static List<Named<EncoderDecoderConfig>> networks() {
    return List.of(
        Named.of("dot", GRU.withAttention(Looking.DOT, false)),
        Named.of("general", GRU),
        Named.of("additive, fed", GRU.withAttention(Looking.ADDITIVE, true)),
        Named.of(
            "transformer",
            TransformerEncoderDecoder.Config.of(64, 4, 2)
                .with(true, TransformerEncoder.Positions.SINUSOIDAL, 0)
                .withTables(true, true)));
  }

  private static Translate learning(EncoderDecoderConfig network) {
    var translate = Translate.with(network).loss(0, 1).epochs(24).seed(5);
    boolean blocks = network instanceof TransformerEncoderDecoder.Config;
    return translate.training(
        translate
            .training()
            .with("watch", "nats_per_token")
            .with("schedule", "cosine")
            .with("patience", 30)
            .with("learning_rate", blocks ? 0.002 : 0.005));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void learnsToReverseWords(EncoderDecoderConfig network) {
    var pairs = words(3000, true);
    var translator = learning(network).train(pairs);

    var metrics = translator.judgement(pairs.test().toList()).metrics();
    assertThat(metrics.get("exact")).isEqualTo(1);
    assertThat(metrics.get("bleu")).isGreaterThan(99.999);
  }

  private static Translator small(boolean joint, boolean reverse) {
    var translate = Translate.with(GRU).loss(0.1f, 0.8f).epochs(3).seed(5);
    translate = joint ? translate : translate.separately();
    return (reverse ? translate.reversed() : translate).train(words(400, true));
  }

  /// What is saved says the same when it is loaded, whatever vocabularies there are.
  @ParameterizedTest
  @CsvSource({"true,false", "false,true"})
  void aTranslatorOutlivesItsTraining(boolean joint, boolean reverse) {
    var translator = small(joint, reverse);
    Toy.assertSameUnderATape(() -> translator.translate("oak elm ash"));
    Toy.assertSameUnderATape(() -> translator.natsPerToken(words(130, true).test().toList()));
    translator.save(folder);
    var loaded = Translator.load(folder);

    var texts = words(130, true).test().map(Example::source).toList();
    var before = translator.predict(texts);
    var after = loaded.predict(texts);
    for (int i = 0; i < texts.size(); i++) {
      assertThat(after.get(i)).isEqualTo(before.get(i));
      assertThat(loaded.translate(texts.get(i))).isEqualTo(before.get(i)); // alone as in a batch
    }
    assertThat(Files.exists(folder.resolve("target_tokens.json"))).isEqualTo(!joint);
    assertThat(loaded.network().aliases()).isEqualTo(translator.network().aliases());
  }

  @Test
  void aBeamThatIsNoneIsRefused() {
    var translator = small(true, false);
    for (int beam : new int[] {0, -1}) {
      assertThatThrownBy(() -> translator.withBeam(beam))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("beam: expected a number from 1 to 65536, got " + beam);
    }
  }

  @Test
  void nBestAreRankedAndAligned() {
    var translator = small(true, true).withBeam(4);
    var found = translator.translate("oak elm ash");
    assertThat(found.hypotheses()).hasSizeBetween(2, 4);
    assertThat(found.hypotheses())
        .isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()));
    var alignment = found.best().alignment();
    assertThat(alignment.source()).containsExactly("oak", "elm", "ash", "<eos>");
    assertThat(alignment.weights()).hasSameSizeAs(alignment.target());
    alignment.weights().forEach(row -> assertThat(row).hasSize(4));
    assertThat(found.json(2).array("hypotheses").objects()).hasSize(2);
    assertThat(found.cells(3)).containsExactly(found.text());
    assertThat(found.ranked(9)).hasSameSizeAs(found.hypotheses());
  }

  /// An empty text, one of unknown words, one that is too long, and half a character.
  @Test
  void everyTextHasAnAnswer() {
    var translator = small(true, false);
    String endless = "oak ".repeat(300).strip();
    var said = translator.predict(List.of("", "  ", "日本語 xyz", endless, "\ud83d oak", "oak"));
    assertThat(said).hasSize(6);
    assertThat(said.get(3).cut()).isTrue();
    assertThat(said.get(5).cut()).isFalse();
    assertThat(said).allSatisfy(each -> assertThat(each.hypotheses()).isNotEmpty());
    assertThat(translator.predict(List.of())).isEmpty();
  }

  /// Pairs with nothing on a side are left out and counted, and so are long ones.
  @Test
  void pairsThatTeachNothingAreCounted() {
    var train = new ArrayList<>(words(200, false).train().toList());
    train.add(Example.of("", ""));
    train.add(Example.of("oak", ""));
    train.add(Example.of("oak ".repeat(200), "oak"));
    var valid = List.of(Example.of("oak", "oak"), Example.of("", " "));
    var pairs = DataSet.of(train, valid, valid);
    var job = Translate.with(GRU).job(pairs);
    assertThat(job.sizes().train()).isEqualTo(train.size() - 3);
    assertThat(job.sizes().test()).isEqualTo(1);
    assertThat(job.notices())
        .contains(
            "2 of 83 training pairs have nothing on one side or on both, and are left out",
            "1 of 83 training pairs have more than tokens.max_length 100 tokens on a side, and are"
                + " left out",
            "2 pairs to validate and test have nothing on either side, and are left out");
    assertThatThrownBy(
            () -> Translate.with(GRU).job(DataSet.of(List.of(Example.of("", "a")), valid, valid)))
        .hasMessageContaining("expected pairs to learn from with something on both sides");
  }

  /// Words that mean the same are found without any order of theirs.
  @Test
  void theFloorLearnsWordByWord() {
    var pairs =
        List.of(
            Example.of("das Haus", "the house"),
            Example.of("das Buch", "the book"),
            Example.of("ein Buch", "a book"));
    var table = WordTable.learn(pairs, false);
    assertThat(table.translate("das Buch")).isEqualTo("the book");
    assertThat(table.translate("ein Haus")).isEqualTo("a house");
    assertThat(table.translate("Hut")).isEqualTo("Hut");
    assertThat(WordTable.learn(pairs, true).translate("Das HAUS")).isEqualTo("the house");
  }
}
