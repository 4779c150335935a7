package sequor.tasks.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sequor.data.DataException;
import sequor.data.Row;
import sequor.data.Source;
import sequor.json.Json;
import sequor.settings.Places;
import sequor.tasks.Evaluation;
import sequor.tasks.ReportSection;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;
import sequor.text.Words;
import sequor.vectors.WordVectors;

class WordQuestionsTest {
  private static final List<String> WORDS = List.of("man", "king", "woman", "queen", "boat");

  /// Royal is the first number, female the second, afloat the third.
  private static final float[] VALUES = {
    0.1f, 0, 0, 1, 0, 0, 0.1f, 1, 0, 1, 1, 0, 0, 0, 1,
  };

  private static Evaluation evaluate(String... lines) {
    var settings = new EmbedTask().schema().complete(Json.object(), Places.NOWHERE);
    var tokenizer = Tokenizer.learn(new Words(), TokenSettings.standard().lowerCased(), WORDS);
    var embedder =
        new Embedder(
            EmbedConfig.of(settings), Cutting.of(tokenizer), WordVectors.of(WORDS, 3, VALUES));
    return embedder.evaluate(
        Source.of(Arrays.stream(lines).map(line -> Row.of(Map.of("text", line))).toList()));
  }

  @Test
  void pairsAreRankedAsPeopleRankThem() {
    var told =
        evaluate("Word 1,Word 2,Human", "King,queen,9", "man,king,8", "man,boat,1", "king,ship,3");
    // cosines 0.71, 1, 0 for 9, 8, 1
    assertThat(told.metrics().get("spearman")).isCloseTo(0.5, within(1e-9));
    assertThat(told.metrics().get("pair_coverage")).isEqualTo(0.75);
    assertThat(told.metrics().get("pairs")).isEqualTo(4);
    assertThat(told.metrics().get("spearman_all")).isCloseTo(0.8, within(1e-9)); // 0.57 for ship
    assertThat(told.intervals().metrics()).containsKey("spearman");
    assertThat(told.predictions().rows().getLast())
        .containsExactly("king ship", "3.0", "no vector");
  }

  @Test
  void aFirstLineWithAMistakeIsNoHeader() {
    assertThatThrownBy(() -> evaluate("king\tqueen\t9,5", "man\tking\t8"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("row:1: expected two words and a number");
  }

  @Test
  void analogiesAreCountedBySection() {
    var told =
        evaluate(
            ": family",
            "man king woman queen",
            "Man King Woman boat",
            ": places",
            "man king Athens Greece");
    assertThat(told.metrics().get("analogy_accuracy")).isEqualTo(0.5);
    assertThat(told.metrics().get("analogy_accuracy_all")).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(told.metrics().get("analogy_coverage")).isCloseTo(2 / 3.0, within(1e-9));
    assertThat(told.sections(ReportSection.Table.class).getFirst().rows())
        .containsExactly(List.of("family", 2, 2, 0.5), List.of("places", 1, 0, 0.0));
  }

  @Test
  void aLineThatAsksNothingIsNamed() {
    assertThatThrownBy(() -> evaluate("king queen 9", "king queen"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "expected two words and a number, or four words, got \"king queen\"; write the line so");
  }

  @Test
  void allElseIsText() {
    var told = evaluate("man king woman king queen", "boat man boat woman woman");
    assertThat(told.metrics()).containsOnlyKeys("cloze_accuracy", "word_coverage");
    assertThat(told.metrics().get("word_coverage")).isEqualTo(1);
    assertThat(told.metrics().get("cloze_accuracy")).isBetween(0.0, 1.0);
  }
}
