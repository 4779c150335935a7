package sequor.tasks.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.models.CellKind;
import sequor.models.EncoderDecoderConfig;
import sequor.models.RecurrentEncoderDecoder;
import sequor.models.RecurrentEncoderDecoder.Looking;
import sequor.models.TransformerEncoder;
import sequor.models.TransformerEncoderDecoder;

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
    var translate = Translate.with(network).loss(0, 1).epochs(12).seed(5);
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
}
