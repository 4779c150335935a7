package sequor.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  private static List<String> ordinary(Vocabulary vocabulary) {
    assertThat(vocabulary.tokens()).startsWith("<pad>", "<unk>", "<bos>", "<eos>");
    return vocabulary.tokens().subList(4, vocabulary.size());
  }

  @Test
  void documentedExample() {
    var counts = Vocabulary.builder().minFrequency(2);
    var vocabulary = counts.add(List.of("a", "b", "a", "c", "c")).build();
    assertThat(vocabulary.encode(List.of("c", "b", "a"))).containsExactly(5, vocabulary.unk(), 4);
    assertThat(vocabulary.decode(5, 4)).containsExactly("c", "a");
  }

  @Test
  void standardSpecialIdsAreFixed() {
    var empty = Vocabulary.of(List.of());
    assertThat(List.of(empty.pad(), empty.unk(), empty.bos(), empty.eos()))
        .containsExactly(0, 1, 2, 3);
    assertThat(empty.size()).isEqualTo(4);
    assertThat(empty.token(3)).isEqualTo("<eos>");
  }

  @Test
  void specialTokensAreData() {
    var specials = Specials.standard().and("mask", "[MASK]");
    var vocabulary = Vocabulary.builder(specials).add(List.of("a", "[MASK]")).build();
    assertThat(vocabulary.tokens())
        .containsExactly("<pad>", "<unk>", "<bos>", "<eos>", "[MASK]", "[MASK]", "a");
    assertThat(vocabulary.special("mask")).isEqualTo(4);
    assertThat(vocabulary.id("[MASK]")).as("a text that spells it").isEqualTo(5);
    assertThat(vocabulary.isSpecial(4)).isTrue();
    assertThat(vocabulary.isSpecial(5)).isFalse();
    assertThat(vocabulary.decode(2, 4, 6, 3)).containsExactly("[MASK]", "a");

    var others = Vocabulary.of(List.of("x", "?", "y"), Map.of("unk", 1));
    assertThat(others.encode(List.of("y", "z", "?", "x"))).containsExactly(2, 1, 1, 0);
    assertThat(others.contains("?")).isFalse();
    assertThatThrownBy(others::pad)
        .isInstanceOf(TextException.class)
        .hasMessage(
            "vocabulary: expected a special token for \"pad\", got only those for unk; make it with"
                + " one");
    assertThatThrownBy(() -> Vocabulary.of(List.of("x"), Map.of("pad", 0)))
        .isInstanceOf(TextException.class)
        .hasMessageContaining("\"unk\"");
    assertThatThrownBy(() -> Vocabulary.of(List.of("x"), Map.of("unk", 1)))
        .isInstanceOf(TextException.class)
        .hasMessageContaining("expected an id from 0 to 0, got 1");
  }

  @Test
  void frequentTokensComeFirstAndEqualOnesInOrder() {
    var vocabulary = Vocabulary.builder().add(List.of("z", "b", "a", "c", "c", "z", "z")).build();
    assertThat(ordinary(vocabulary)).containsExactly("z", "c", "a", "b");
  }

  @Test
  void sizeAndFrequencyAreLimits() {
    var tokens = List.of("a", "a", "a", "b", "b", "c");
    assertThat(ordinary(Vocabulary.builder().add(tokens).maxSize(6).build()))
        .containsExactly("a", "b");
    assertThat(ordinary(Vocabulary.builder().add(tokens).minFrequency(3).build()))
        .containsExactly("a");
  }

  @Test
  void aTextThatSpellsASpecialTokenDoesNotBecomeIt() {
    var standard = TokenSettings.standard();
    var knows = Tokenizer.learn(new Whitespace(), standard, List.of("a <pad> <eos>"));
    assertThat(knows.encode("<pad> <eos>").ids()).containsExactly(5, 4);
    assertThat(knows.decode(knows.encode("<pad> a").ids())).isEqualTo("<pad> a");
    var knowsNot = Tokenizer.learn(new Whitespace(), standard, List.of("a"));
    assertThat(knowsNot.encode("<pad> <bos> a").ids()).containsExactly(1, 1, 4);
  }

  @Test
  void decodingKeepsTheUnknownVisible() {
    var vocabulary = Vocabulary.of(List.of("a"));
    assertThat(vocabulary.decode(2, 4, 1, 3, 0, 0)).containsExactly("a", "<unk>");
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
    var tokens = texts.stream().map(text -> new Nfc().apply(MappedText.of(text)).text()).toList();
    var vocabulary = Vocabulary.builder().add(tokens).maxSize(maxSize).build();
    assertThat(vocabulary.size()).isLessThanOrEqualTo(maxSize);
    var known = tokens.stream().filter(vocabulary::contains).toList();
    assertThat(vocabulary.decode(vocabulary.encode(known))).isEqualTo(known);
    assertThat(vocabulary.encode(tokens)).doesNotContain(0, 2, 3);
  }

  @Test
  void mistakesAreNamed() {
    assertThatThrownBy(() -> Vocabulary.of(List.of("a", "a")))
        .isInstanceOf(TextException.class)
        .hasMessageContaining("expected each token once, got \"a\" twice");
    assertThatThrownBy(() -> Vocabulary.of(List.of("\ud800"))).hasMessageContaining("surrogate");
    assertThatThrownBy(() -> Vocabulary.of(List.of("a")).token(5))
        .isInstanceOf(TextException.class)
        .hasMessage(
            "vocabulary: expected an id from 0 to 4, got 5; "
                + "does the model belong to another vocabulary?");
    assertThatThrownBy(() -> Vocabulary.builder().maxSize(4))
        .hasMessageContaining("expected a maximum size above the 4 special ids, got 4");
    assertThatThrownBy(() -> Vocabulary.builder().minFrequency(0))
        .hasMessageContaining("expected a minimum frequency from 1, got 0");
  }

  @Test
  void countsInABoundedMemory() {
    var builder = new Vocabulary.Builder(Specials.standard(), 2000).minFrequency(5);
    for (int i = 0; i < 1000; i++) {
      builder.add(List.of("frequent", "word", Integer.toString(i * 7919, 36)));
    }
    var vocabulary = builder.build();
    assertThat(ordinary(vocabulary)).containsExactly("frequent", "word");
    assertThat(vocabulary.notices()).hasSize(1);
    assertThat(vocabulary.notices().getFirst()).contains("do not fit into memory", "vocabulary");
    assertThat(Vocabulary.builder().add(List.of("a")).build().notices()).isEmpty();
  }
}
