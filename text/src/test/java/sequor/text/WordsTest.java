package sequor.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/// Words, and letters of Hangul.
class WordsTest {
  private static List<String> words(String text) {
    return new Words().tokens(text);
  }

  @Test
  void documentedExample() {
    assertThat(words("I can't wait :-) 3.5 stars!"))
        .containsExactly("I", "can't", "wait", ":-)", "3.5", "stars");
    assertThat(new Words(false, false, false).tokens("I can't wait :-) 3.5"))
        .containsExactly("I", "can", "t", "wait", "3", "5");
    assertThat(new Words(true, true, true).tokens("Well, no... (yes)"))
        .containsExactly("Well", ",", "no", ".", ".", ".", "(", "yes", ")");
  }

  @Test
  void emoticonsAreTokensAndAddressesAreNot() {
    assertThat(words("great:) :D ;-P =] <3 :/ :'("))
        .containsExactly("great", ":)", ":D", ";-P", "=]", "<3", ":/", ":'(");
    assertThat(words("http://a.b: Dear 10:30 x:P n:Done 3<38"))
        .containsExactly("http", "a", "b", "Dear", "10", "30", "x", "P", "n", "Done", "3", "38");
    assertThat(words("8) 18) 8 )")).containsExactly("8)", "18", "8");
  }

  @Test
  void emojiAreWhole() {
    assertThat(words("ok👍🏽 👨‍👩‍👧 🇰🇷🇩🇪 ❤️ ©"))
        .containsExactly("ok", "👍🏽", "👨‍👩‍👧", "🇰🇷", "🇩🇪", "❤️", "©");
    assertThat(words("🇰x")).containsExactly("🇰", "x");
  }

  @Test
  void lettersOfAllScriptsAreWords() {
    assertThat(words("한국어는 재밌다. 東京へ行く カタカナ q\u0301a école snake_case"))
        .containsExactly(
            "한국어는", "재밌다", "東", "京", "へ", "行", "く", "カタカナ", "q\u0301a", "école", "snake_case");
    assertThat(words("'a' b' 1. .5 ''")).containsExactly("a", "b", "1", "5");
    assertThat(words("")).isEmpty();
  }

  @Property(tries = 500)
  void theyStandWhereTheySay(@ForAll @StringLength(max = 30) String text) {
    new Words(true, true, true)
        .segment(
            text,
            (token, start, end, word) ->
                assertThat(text.substring(start, end)).isEqualTo(token).isNotEmpty());
  }

  @Test
  void syllablesAreLetters() {
    assertThat(new Jamo().tokens("한글 a"))
        .containsExactly("\u1112", "\u1161", "\u11ab", "\u1100", "\u1173", "\u11af", " ", "a");
    assertThat(new Jamo().tokens("가힣"))
        .containsExactly("\u1100", "\u1161", "\u1112", "\u1175", "\u11c2");
    var tokenizer = Tokenizer.learn(new Jamo(), TokenSettings.standard(), List.of("한글"));
    var encoding = tokenizer.encode("글 한");
    assertThat(encoding.starts()).containsExactly(0, 0, 0, 1, 2, 2, 2);
    assertThat(encoding.ends()).containsExactly(1, 1, 1, 2, 3, 3, 3);
    assertThat(tokenizer.decode(tokenizer.encode("글한").ids())).isEqualTo("글한");
  }

  @Test
  void everySyllableComesBack() {
    var jamo = new Jamo();
    for (int c = 0xAC00; c <= 0xD7A3; c++) {
      String syllable = Character.toString(c);
      assertThat(jamo.join(jamo.tokens(syllable))).isEqualTo(syllable);
      assertThat(String.join("", jamo.tokens(syllable)))
          .isEqualTo(Normalizer.normalize(syllable, Normalizer.Form.NFD));
    }
  }
}
