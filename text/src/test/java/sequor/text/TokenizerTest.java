package sequor.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import sequor.json.Json;
import sequor.json.JsonException;

class TokenizerTest {
  private final Tokenizer characters = new CharacterTokenizer();
  private final Tokenizer words = new WhitespaceTokenizer();

  @Test
  void documentedExamples() {
    assertThat(new CharacterTokenizer().tokens("Zoë")).containsExactly("Z", "o", "ë");
    assertThat(new CharacterTokenizer().lowerCased().tokens("Zoë")).containsExactly("z", "o", "ë");
    assertThat(new WhitespaceTokenizer().lowerCased().tokens("A good  film."))
        .containsExactly("a", "good", "film.");
  }

  @Test
  void bothSpellingsOfOneLetterAreOneToken() {
    assertThat(characters.tokens("e\u0301")).containsExactly("é");
    assertThat(characters.tokens("\u1112\u1161\u11ab")).containsExactly("한");
  }

  @Test
  void aTokenIsACodePointAndNotHalfOfOne() {
    assertThat(characters.tokens("a😀b")).containsExactly("a", "😀", "b");
  }

  @Test
  void aMarkWithoutAJoinedFormIsATokenOfItsOwn() {
    assertThat(characters.tokens("q\u0301")).containsExactly("q", "\u0301");
  }

  @Test
  void halfASurrogatePairBecomesTheReplacementCharacter() {
    assertThat(characters.tokens("a\ud83d")).containsExactly("a", "\ufffd");
    assertThat(words.tokens("\ude00 b")).containsExactly("\ufffd", "b");
  }

  @Test
  void lowerCaseFollowsNoParticularLanguage() {
    assertThat(new CharacterTokenizer(true).tokens("TITLE")).startsWith("t", "i");
    assertThat(new CharacterTokenizer(true).tokens("İ")).containsExactly("i", "\u0307");
  }

  @Test
  void everyUnicodeSpaceSeparatesWords() {
    assertThat(words.tokens("\u00a0a\u0085b\u3000c\t\r\nd ")).containsExactly("a", "b", "c", "d");
    assertThat(words.tokens(" ")).isEmpty();
    assertThat(words.tokens("")).isEmpty();
  }

  @Property
  void charactersJoinToTheNormalizedText(@ForAll @StringLength(max = 40) String text) {
    String whole = Normal.form(text, false);
    assertThat(characters.text(characters.tokens(text))).isEqualTo(whole);
    assertThat(Normalizer.isNormalized(whole, Normalizer.Form.NFC)).isTrue();
  }

  @Property
  void whatIsJoinedIsCutTheSameWayAgain(
      @ForAll @StringLength(max = 40) String text, @ForAll boolean lowerCase) {
    for (Tokenizer tokenizer :
        new Tokenizer[] {new CharacterTokenizer(lowerCase), new WhitespaceTokenizer(lowerCase)}) {
      var tokens = tokenizer.tokens(text);
      assertThat(tokenizer.tokens(tokenizer.text(tokens))).isEqualTo(tokens);
    }
  }

  @Test
  void settingsMakeTheTokenizerAgain() {
    for (boolean lowerCase : new boolean[] {false, true}) {
      var characters = new CharacterTokenizer(lowerCase);
      var words = new WhitespaceTokenizer(lowerCase);
      assertThat(Tokenizer.of(characters.settings())).isEqualTo(characters);
      assertThat(Tokenizer.of(words.settings())).isEqualTo(words);
    }
  }

  @Test
  void wrongSettingsAreRefused() {
    assertThatThrownBy(() -> Tokenizer.of(Json.object().with("kind", "character")))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("characters");
    var misspelt = new CharacterTokenizer().settings().with("lowercase", true);
    assertThatThrownBy(() -> Tokenizer.of(misspelt))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("lower_case");
  }
}
