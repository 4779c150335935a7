package sequor.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import sequor.json.Json;

/// A token is found again in what the user wrote, whatever was done to the text.
class OffsetsTest {
  private static Tokenizer tokenizer(Segmenter segmenter, boolean lowerCase) {
    var standard = TokenSettings.standard();
    return Tokenizer.learn(segmenter, lowerCase ? standard.lowerCased() : standard, List.of());
  }

  /// Letters that grow, shrink, join or cannot be saved, between ordinary ones.
  @Provide
  Arbitrary<String> texts() {
    var hard =
        Arbitraries.of(
            "İ",
            "Σ",
            "e\u0301",
            "e",
            "\u0301",
            "\u0323",
            "\u0315",
            "\u1112\u1161\u11ab",
            "\u1161",
            "한",
            "ﬁ",
            "\u212b",
            "\u0344",
            "\u0958",
            "\ud83d",
            "\ude00",
            "😀",
            "\ud806\udd35",
            "\ud81b\udd67",
            "\ud834\udd5e",
            " ",
            "\u3000",
            "\n",
            "a",
            "B",
            "é");
    var any = Arbitraries.strings().ofMaxLength(3);
    return Arbitraries.frequencyOf(Tuple.of(4, hard), Tuple.of(1, any))
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 1000)
  void everyTokenLiesInTheUsersText(@ForAll("texts") String text, @ForAll boolean lowerCase) {
    for (var segmenter : List.of(new Characters(), new Whitespace())) {
      var tokenizer = tokenizer(segmenter, lowerCase);
      var tokens = tokenizer.tokens(text);
      var encoding = tokenizer.encode(text);
      assertThat(encoding.length()).isEqualTo(tokens.size());
      boolean unchanged = Transform.apply(tokenizer.transforms(), text).text().equals(text);
      for (int i = 0; i < tokens.size(); i++) {
        int start = encoding.starts()[i];
        int end = encoding.ends()[i];
        assertThat(start).isBetween(i == 0 ? 0 : encoding.starts()[i - 1], end - 1);
        assertThat(end).isBetween(i == 0 ? 1 : encoding.ends()[i - 1], text.length());
        if (unchanged) {
          assertThat(text.substring(start, end)).isEqualTo(tokens.get(i));
        }
      }
    }
  }

  /// Nothing of a text is lost, and what a token is made of makes it again.
  @Property(tries = 1000)
  void charactersCoverTheText(@ForAll("texts") String text) {
    var tokenizer = tokenizer(new Characters(), false);
    var tokens = tokenizer.tokens(text);
    var encoding = tokenizer.encode(text);
    int covered = 0;
    for (int i = 0; i < tokens.size(); i++) {
      int start = encoding.starts()[i];
      int end = encoding.ends()[i];
      assertThat(start).isLessThanOrEqualTo(covered);
      covered = Math.max(covered, end);
      assertThat(tokenizer.tokens(text.substring(start, end))).contains(tokens.get(i));
    }
    assertThat(covered).isEqualTo(text.length());
  }

  /// Every segmenter behind every transform; those that learn know other texts than these.
  @Property(tries = 300)
  void everyTokenOfEveryTokenizerLiesInTheUsersText(@ForAll("texts") String text) {
    for (var transform : Transform.all().all()) {
      for (var segmenter : SEGMENTERS) {
        var vocabulary = segmenter.vocabulary().orElse(Vocabulary.of(List.of()));
        var tokenizer = new Tokenizer(List.of(transform, new Nfc()), segmenter, vocabulary);
        var encoding = tokenizer.encode(text);
        for (int i = 0; i < encoding.length(); i++) {
          int start = encoding.starts()[i];
          int end = encoding.ends()[i];
          assertThat(start)
              .as("%s, %s, token %d", transform.name(), segmenter.kind(), i)
              .isBetween(i == 0 ? 0 : encoding.starts()[i - 1], end);
          assertThat(end).isBetween(i == 0 ? 0 : encoding.ends()[i - 1], text.length());
        }
      }
    }
  }

  private static Subwords learned(PreTokenizer words, SubwordSettings.Learner learner) {
    return SubwordSettings.learn(words, List.of("a b\né 한 aB ab"), 20, 1, 1000, learner);
  }

  private static final List<Segmenter> SEGMENTERS =
      List.of(
          new Characters(),
          new Whitespace(),
          new Words(),
          new Words(false, false, true),
          new Jamo(),
          learned(new PreTokenizer.Spaces(), BpeLearner::learn),
          learned(PreTokenizer.layout(), BpeLearner::learn),
          learned(new PreTokenizer.Spaces(), UnigramLearner::learn),
          new Subwords(
              PreTokenizer.of(
                  Json.parseObject("{\"type\":\"ByteLevel\",\"add_prefix_space\":true}", "test")),
              Joiner.spaces(),
              new WordPiece(Vocabulary.of(List.of("a", "##b", "Ä")), "##", 9),
              List.of()));

  private static String found(Tokenizer tokenizer, String text) {
    var encoding = tokenizer.encode(text);
    var tokens = tokenizer.tokens(text);
    var found = new StringBuilder();
    for (int i = 0; i < tokens.size(); i++) {
      found.append("%s=%d-%d ".formatted(tokens.get(i), encoding.starts()[i], encoding.ends()[i]));
    }
    return found.toString().strip();
  }

  @Test
  void lettersThatGrowStandForOne() {
    var characters = tokenizer(new Characters(), true);
    assertThat(found(characters, "aİB")).isEqualTo("a=0-1 i=1-2 \u0307=1-2 b=2-3");
    assertThat(found(tokenizer(new Whitespace(), true), "Aİ ISTANBUL"))
        .isEqualTo("ai\u0307=0-2 istanbul=3-11");
    assertThat(found(tokenizer(new Characters(), false), "\u0958"))
        .isEqualTo("\u0915=0-1 \u093c=0-1"); // NFC takes this letter apart
  }

  @Test
  void lettersThatJoinStandForAll() {
    var characters = tokenizer(new Characters(), false);
    assertThat(found(characters, "ae\u0301b")).isEqualTo("a=0-1 é=1-3 b=3-4");
    assertThat(found(characters, "\u1112\u1161\u11ab\u1112\u1161")).isEqualTo("한=0-3 하=3-5");
    assertThat(found(characters, "x\ud81b\udd67\ud81b\udd67y"))
        .isEqualTo("x=0-1 \ud81b\udd68=1-5 y=5-6");
    assertThat(found(characters, "q\u0301z")).isEqualTo("q=0-1 \u0301=1-2 z=2-3");
    assertThat(found(characters, "q\u0301\u0323")).isEqualTo("q=0-1 \u0323=1-3 \u0301=1-3");
    assertThat(found(characters, "q\u0301e\u0301")).isEqualTo("q=0-1 \u0301=1-2 é=2-4");
  }

  @Test
  void lettersThatAreReplacedStandForOne() {
    var words = tokenizer(new Whitespace(), false);
    assertThat(found(words, "ﬁn a\ud83d \u212b")).isEqualTo("ﬁn=0-2 a\ufffd=3-5 Å=6-7");
    assertThat(found(words, "")).isEmpty();
  }

  @Test
  void textsAreMappedThroughManySteps() {
    var text = MappedText.of("A <b>fine</b> film");
    var plain = new MappedText.Builder(text).copy(0, 2).copy(5, 9).copy(13, 18).text();
    assertThat(plain).hasToString("A fine film");
    assertThat(plain.start(2)).isEqualTo(5);
    assertThat(plain.end(5)).isEqualTo(9);
    var spelled = new MappedText.Builder(plain).put("(A)", 0, 1).put("!", 11, 11).text();
    assertThat(spelled).hasToString("(A)!");
    assertThat(List.of(spelled.start(2), spelled.end(2))).containsExactly(0, 1);
    assertThat(List.of(spelled.start(3), spelled.end(3))).containsExactly(18, 18);
    assertThat(spelled.withText("(a)!").start(3)).isEqualTo(18);
    assertThatThrownBy(() -> spelled.withText("a"))
        .isInstanceOf(TextException.class)
        .hasMessageContaining("expected 4 characters for 4, got 1");
  }

  @Test
  void anEncodingIsCutAndMarked() {
    var tokenizer = Tokenizer.learn(new Whitespace(), TokenSettings.standard(), List.of("a b c"));
    var whole = tokenizer.encode(" a b  c");
    assertThat(whole.ids()).containsExactly(4, 5, 6);
    assertThat(whole.first(2).ids()).containsExactly(4, 5);
    assertThat(whole.first(2).ends()).containsExactly(2, 4);
    assertThat(whole.last(2).ids()).containsExactly(5, 6);
    assertThat(whole.last(2).starts()).containsExactly(3, 6);
    assertThat(whole.last(2).words()).containsExactly(1, 2);
    assertThat(whole.first(3)).isSameAs(whole);
    assertThat(whole.last(9)).isSameAs(whole);
    assertThat(whole.first(0).length()).isZero();

    var marked = whole.marked(2, 3);
    assertThat(marked.ids()).containsExactly(2, 4, 5, 6, 3);
    assertThat(marked.starts()).containsExactly(1, 1, 3, 6, 7);
    assertThat(marked.ends()).containsExactly(1, 2, 4, 7, 7);
    assertThat(marked.words()).containsExactly(-1, 0, 1, 2, -1);
    assertThat(tokenizer.encode("").marked(2, 3).ids()).containsExactly(2, 3);
    assertThat(marked).hasToString("Encoding [2, 4, 5, 6, 3]");
  }

  @Test
  void longTextsAreCutAsTheSettingsSay() {
    var settings = TokenSettings.standard().withMaxLength(2);
    var tokenizer = Tokenizer.learn(new Characters(), settings, List.of("abc"));
    assertThat(settings.cut(tokenizer.encode("abc")).ids()).containsExactly(4, 5);
    assertThat(settings.cut(List.of("a", "b", "c"))).containsExactly("a", "b");
    var last =
        new TokenSettings(false, List.of(), Normalization.NFC, 1, 50, 2, TokenSettings.Keep.LAST);
    assertThat(last.cut(tokenizer.encode("abc")).ids()).containsExactly(5, 6);
    assertThat(last.cut(List.of("a"))).containsExactly("a");
  }
}
