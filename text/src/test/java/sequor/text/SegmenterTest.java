package sequor.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import sequor.json.Json;
import sequor.json.JsonException;
import sequor.settings.Settings;
import sequor.settings.SettingsException;

/// How texts are cut, after what is always done to them first.
class SegmenterTest {
  private final Tokenizer characters = tokenizer(new Characters(), false);
  private final Tokenizer smallCharacters = tokenizer(new Characters(), true);
  private final Tokenizer words = tokenizer(new Whitespace(), false);
  private final Tokenizer smallWords = tokenizer(new Whitespace(), true);

  private static Tokenizer tokenizer(Segmenter segmenter, boolean lowerCase) {
    var standard = TokenSettings.standard();
    return Tokenizer.learn(segmenter, lowerCase ? standard.lowerCased() : standard, List.of());
  }

  @Test
  void documentedExamples() {
    assertThat(new Characters().tokens("Zoë")).containsExactly("Z", "o", "ë");
    assertThat(new Whitespace().tokens("A good  film.")).containsExactly("A", "good", "film.");
    assertThat(smallCharacters.tokens("Zoë")).containsExactly("z", "o", "ë");
    assertThat(smallWords.tokens("A good  film.")).containsExactly("a", "good", "film.");
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
    assertThat(smallCharacters.tokens("TITLE")).startsWith("t", "i");
    assertThat(smallCharacters.tokens("İ")).containsExactly("i", "\u0307");
  }

  /// A sigma at a word's end is written otherwise, and a letter that grows beside it changes
  /// nothing.
  @Test
  void aGreekSigmaKnowsWhereItStands() {
    assertThat(smallWords.tokens("ΟΔΟΣ")).containsExactly("οδος");
    assertThat(smallWords.tokens("ΟΔΟΣ İ")).containsExactly("οδος", "i\u0307");
  }

  @Test
  void everyUnicodeSpaceSeparatesWords() {
    assertThat(words.tokens("\u00a0a\u0085b\u3000c\t\r\nd ")).containsExactly("a", "b", "c", "d");
    assertThat(words.tokens(" ")).isEmpty();
    assertThat(words.tokens("")).isEmpty();
  }

  @Test
  void tokensKnowTheirPlaceAndTheirWord() {
    assertThat(found(new Whitespace(), " a  😀b ")).containsExactly("a 1-2 of 0", "😀b 4-7 of 1");
    assertThat(found(new Characters(), "a😀 \u3000b"))
        .containsExactly(
            "a 0-1 of 0", "😀 1-3 of 0", "  3-4 of -1", "\u3000 4-5 of -1", "b 5-6 of 1");
  }

  private static List<String> found(Segmenter segmenter, String text) {
    var found = new ArrayList<String>();
    segmenter.segment(
        text,
        (token, start, end, word) -> found.add(token + " " + start + "-" + end + " of " + word));
    return found;
  }

  @Property
  void charactersJoinToTheNormalizedText(@ForAll @StringLength(max = 40) String text) {
    String whole = new Nfc().apply(MappedText.of(text)).text();
    assertThat(new Characters().join(characters.tokens(text))).isEqualTo(whole);
    assertThat(Normalizer.isNormalized(whole, Normalizer.Form.NFC)).isTrue();
  }

  @Property
  void whatIsJoinedIsCutTheSameWayAgain(
      @ForAll @StringLength(max = 40) String text, @ForAll boolean lowerCase) {
    for (var segmenter : List.of(new Characters(), new Whitespace())) {
      var tokenizer = tokenizer(segmenter, lowerCase);
      var tokens = tokenizer.tokens(text);
      assertThat(tokenizer.tokens(segmenter.join(tokens))).isEqualTo(tokens);
    }
  }

  @Test
  void settingsMakeTheSegmenterAgain() {
    for (var segmenter : List.of(new Characters(), new Whitespace())) {
      var kind = SegmenterKind.all().get(segmenter.kind());
      assertThat(kind.load(segmenter.settings())).isEqualTo(segmenter);
      assertThat(kind.learn(settings(segmenter.kind()), List.of())).isEqualTo(segmenter);
    }
  }

  private static Settings settings(String tokenizer) {
    return TokenSettings.section()
        .complete(Json.object().with("tokenizer", tokenizer), "tokens.", path -> "my.yaml");
  }

  @Test
  void wrongSettingsAreRefused() {
    assertThatThrownBy(() -> SegmenterKind.all().get("character"))
        .isInstanceOf(SettingsException.class)
        .hasMessageEndingWith("got \"character\"; did you mean \"characters\"?");
    assertThatThrownBy(() -> settings("character"))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("my.yaml: tokens.tokenizer: expected one of bpe, characters, ");
    for (var kind : List.of(new CharactersKind(), new WhitespaceKind())) {
      assertThatThrownBy(() -> kind.load(Json.object().with("lowercase", true)))
          .isInstanceOf(JsonException.class)
          .hasMessageContaining("a member \"lowercase\"");
    }
  }
}
