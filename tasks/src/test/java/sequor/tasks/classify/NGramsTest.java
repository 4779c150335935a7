package sequor.tasks.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import sequor.tasks.TaskException;

class NGramsTest {
  @Test
  void charactersKnowWhereAWordBeginsAndEnds() {
    assertThat(NGrams.characters(1, 2).of("Kim"))
        .containsExactly(" K", "K", "Ki", "i", "im", "m", "m ");
    assertThat(NGrams.characters(3, 3).of("  Al \t Ba "))
        .containsExactly(" Al", "Al ", "l B", " Ba", "Ba ");
  }

  @Test
  void charactersAreWholeCodePoints() {
    assertThat(NGrams.characters(1, 1).of("a😀한")).containsExactly("a", "😀", "한");
  }

  @Test
  void wordsAreInLowerCaseAndMarksStandAlone() {
    assertThat(NGrams.words(1, 2).of("Not bad, don't GO"))
        .containsExactly(
            "not", "not bad", "bad", "bad ,", ",", ", don't", "don't", "don't go", "go");
  }

  @Test
  void anEmptyTextHasNone() {
    assertThat(NGrams.words(1, 3).of(" ")).isEmpty();
    assertThat(NGrams.characters(1, 1).of("")).isEmpty();
  }

  @Property(tries = 200)
  void anyTextCanBeCut(@ForAll String text) {
    assertThat(NGrams.characters(1, 3).of(text)).doesNotContain(" ", "");
    assertThat(NGrams.words(1, 2).of(text)).doesNotContain(" ", "");
  }

  /// What a word is, as a pattern says it.
  @Property(tries = 500)
  void wordsAreWhatThePatternSays(@ForAll String text) {
    var pattern = Pattern.compile("[\\p{L}\\p{M}\\p{N}']+|[^\\s\\p{Z}\\p{C}]");
    assertThat(NGrams.words(1, 1).of(text))
        .isEqualTo(
            pattern
                .matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .toList());
  }

  @Property(tries = 300)
  void hashesAreThoseOfTheNGrams(@ForAll String text, @ForAll @IntRange(min = 1, max = 3) int n) {
    for (var ngrams : List.of(NGrams.words(n, 4), NGrams.characters(n, 5))) {
      var hashes = new ArrayList<Long>();
      ngrams.forEachHash(text, hashes::add);
      assertThat(hashes).isEqualTo(ngrams.of(text).stream().map(NGramIndex::hash).toList());
    }
  }

  @Test
  void saysWhatIsWrongWithItsLengths() {
    assertThatExceptionOfType(TaskException.class)
        .isThrownBy(() -> NGrams.characters(3, 2))
        .withMessage(
            "n-grams: expected 1 ≤ shortest ≤ longest, got from 3 to 2 units; give such numbers");
  }

  @Test
  void readsWellInAReport() {
    assertThat(NGrams.characters(1, 4)).hasToString("character 1–4-grams");
    assertThat(NGrams.words(2, 2)).hasToString("word 2-grams");
  }
}
