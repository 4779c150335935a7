package sequor.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  @Test
  void documentedExample() {
    var counts = Vocabulary.builder().minFrequency(2);
    var vocabulary = counts.add(List.of("a", "b", "a", "c", "c")).build();
    assertThat(vocabulary.encode(List.of("c", "b", "a"))).containsExactly(5, Vocabulary.UNK, 4);
    assertThat(vocabulary.decode(new int[] {5, 4})).containsExactly("c", "a");
  }

  @Test
  void specialIdsAreFixed() {
    assertThat(List.of(Vocabulary.PAD, Vocabulary.UNK, Vocabulary.BOS, Vocabulary.EOS))
        .containsExactly(0, 1, 2, 3);
    assertThat(Vocabulary.of(List.of()).size()).isEqualTo(4);
    assertThat(Vocabulary.of(List.of()).token(3)).isEqualTo("<eos>");
  }

  @Test
  void frequentTokensComeFirstAndEqualOnesInOrder() {
    var vocabulary = Vocabulary.builder().add(List.of("z", "b", "a", "c", "c", "z", "z")).build();
    assertThat(vocabulary.tokens()).containsExactly("z", "c", "a", "b");
  }

  @Test
  void sizeAndFrequencyAreLimits() {
    var tokens = List.of("a", "a", "a", "b", "b", "c");
    assertThat(Vocabulary.builder().add(tokens).maxSize(6).build().tokens())
        .containsExactly("a", "b");
    assertThat(Vocabulary.builder().add(tokens).minFrequency(3).build().tokens())
        .containsExactly("a");
  }

  @Test
  void aTextThatSpellsASpecialTokenDoesNotBecomeIt() {
    var words = new WhitespaceTokenizer();
    var knows = Codec.learn(words, List.of("a <pad> <eos>"));
    assertThat(knows.encode("<pad> <eos>")).containsExactly(5, 4);
    assertThat(knows.decode(knows.encode("<pad> a"))).isEqualTo("<pad> a");
    var knowsNot = Codec.learn(words, List.of("a"));
    assertThat(knowsNot.encode("<pad> <bos> a")).containsExactly(1, 1, 4);
  }

  @Test
  void decodingKeepsTheUnknownVisible() {
    var vocabulary = Vocabulary.of(List.of("a"));
    assertThat(vocabulary.decode(new int[] {2, 4, 1, 3, 0, 0})).containsExactly("a", "<unk>");
  }

  @Property
  void theOrderOfTheExamplesDoesNotMatter(
      @ForAll List<@AlphaChars @StringLength(max = 2) String> tokens, @ForAll long seed) {
    var shuffled = new ArrayList<>(tokens);
    Collections.shuffle(shuffled, new Random(seed));
    assertThat(Vocabulary.builder().add(shuffled).build())
        .isEqualTo(Vocabulary.builder().add(tokens).build());
  }

  @Property
  void knownTokensSurviveTheRoundTrip(
      @ForAll List<@StringLength(max = 3) String> texts,
      @ForAll @IntRange(min = 5, max = 12) int maxSize) {
    var tokens = texts.stream().map(text -> Normal.form(text, false)).toList();
    var vocabulary = Vocabulary.builder().add(tokens).maxSize(maxSize).build();
    assertThat(vocabulary.size()).isLessThanOrEqualTo(maxSize);
    var known = tokens.stream().filter(vocabulary::contains).toList();
    assertThat(vocabulary.decode(vocabulary.encode(known))).isEqualTo(known);
    assertThat(vocabulary.encode(tokens)).doesNotContain(0, 2, 3);
  }

  @Test
  void mistakesAreNamed() {
    assertThatThrownBy(() -> Vocabulary.of(List.of("a", "a"))).hasMessageContaining("listed twice");
    assertThatThrownBy(() -> Vocabulary.of(List.of("\ud800"))).hasMessageContaining("surrogate");
    assertThatThrownBy(() -> Vocabulary.of(List.of("a")).token(5))
        .isInstanceOf(TextException.class)
        .hasMessage(
            "vocabulary: id 5 — the ids here are 0 to 4; "
                + "does the model belong to another vocabulary?");
    assertThatThrownBy(() -> Vocabulary.builder().maxSize(4)).hasMessageContaining("more than");
    assertThatThrownBy(() -> Vocabulary.builder().minFrequency(0)).hasMessageContaining("least 1");
  }
}
