package sequor.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.SequorException;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.settings.Places;
import sequor.settings.Settings;

/// Pieces of words that are learned here.
class SubwordsTest {
  private static final List<String> TEXTS =
      List.of(
          "the lower the better",
          "the lowest of the low",
          "newer and newest",
          "wider and the widest, the newest of all",
          "é 한국어 한국의 한국");

  private static final Pattern LINE = Pattern.compile("(?<=\n)");
  private static final List<SubwordSettings.Learner> LEARNERS =
      List.of(BpeLearner::learn, UnigramLearner::learn);

  @TempDir Path folder;

  private static Subwords learned(SubwordSettings.Learner learner, List<String> texts, int size) {
    return learned(new PreTokenizer.Spaces(), learner, texts, size);
  }

  private static Subwords learned(
      PreTokenizer words, SubwordSettings.Learner learner, List<String> texts, int size) {
    return SubwordSettings.learn(words, texts, size, 1, 1_000_000, learner);
  }

  private static Settings settings(String json) {
    return TokenSettings.section()
        .complete(Json.parseObject(json, "test"), "tokens.", Places.of("my.yaml"));
  }

  /// By hand: 5 es, 4 est before all; of equal counts the first by letters.
  @Test
  void pairsAreMergedByHowOftenTheyOccur() {
    var texts =
        List.of(
            "low low low low low",
            "lower lower",
            "newest newest newest newest newest newest",
            "widest widest widest");
    var tokenizer = learned(BpeLearner::learn, texts, 4 + 11 + 6);
    var tokens = tokenizer.vocabulary().orElseThrow().tokens();
    // e 17 · w 16 · space 16 · s 9 · t 9 · n 6 … ; " l" 7, "es" 9, "st" 9, "lo" 7, "ow" 7, …
    assertThat(tokens.subList(15, 21)).containsExactly("es", "est", " l", " lo", " low", " n");
    assertThat(tokenizer.tokens("lowest newest"))
        .containsExactly(" low", "est", " n", "e", "w", "est");
    assertThat(tokenizer.join(tokenizer.tokens("lowest newest"))).isEqualTo("lowest newest");
  }

  /// Only U+0020 parts words; the line comes back as it was.
  @Test
  void aNoBreakSpaceDoesNotPartWords() {
    var pieces = learned(BpeLearner::learn, Collections.nCopies(9, "x a\u00A0b x"), 30);
    assertThat(pieces.tokens("x a\u00A0b")).containsExactly(" x", " a\u00A0b");
    assertThat(pieces.words().cut("a\u00A0b").size()).isEqualTo(1);
    assertThat(pieces.words().cut("a b").size()).isEqualTo(2);
    assertThat(pieces.join(pieces.tokens("x a\u00A0b"))).isEqualTo("x a\u00A0b");
  }

  @Property(tries = 300)
  void joiningGivesTheVeryTextBack(@ForAll @StringLength(max = 30) String text) {
    for (var learner : LEARNERS) {
      var pieces = learned(learner, TEXTS, 60);
      for (var each : List.of(text, " " + text + "  ", text.replace('a', ' '))) {
        assertThat(pieces.join(pieces.tokens(each))).isEqualTo(each);
      }
    }
  }

  /// What is cut into tokens line by line must be what the whole text is.
  @Property(tries = 300)
  void withLayoutLinesAreTheText(
      @ForAll @StringLength(max = 40) @CharRange(from = 'a', to = 'c') String text) {
    String code = text.replace("aa", "\n    ").replace("bb", "  \t\t").replace("c", " a ");
    for (var learner : LEARNERS) {
      var pieces = learned(PreTokenizer.layout(), learner, List.of(code, "a b\n"), 60);
      var lines = new ArrayList<String>();
      LINE.splitAsStream(code).forEach(line -> lines.addAll(pieces.tokens(line)));
      assertThat(lines).isEqualTo(pieces.tokens(code));
      assertThat(String.join("", lines)).isEqualTo(code).isEqualTo(pieces.join(lines));
    }
  }

  @Property(tries = 300)
  void wordsAreFoundWithoutTheirPlacesToo(
      @ForAll @StringLength(max = 30) @CharRange(from = ' ', to = '#') String text) {
    for (var each : List.of(new PreTokenizer.Spaces(), PreTokenizer.layout())) {
      assertThat(each.words(text))
          .isEqualTo(each.cut(text).stream().map(MappedText::text).toList());
    }
  }

  @Test
  void indentationIsAWord() {
    var words = PreTokenizer.layout().cut("if (a) {\n      b();   \n\n\t\tc\n }  ");
    assertThat(words)
        .extracting(MappedText::text)
        .containsExactly(
            "if", " (a)", " {\n", "     ", " b();", "  ", " \n", "\n", "\t\t", "c\n", " }", " ",
            " ");
    assertThat(words.get(3).startAt(0)).isEqualTo(9);
  }

  @Test
  void codeComesBackAsItWas() {
    String code = "for x in y:\n    if x:\n        print(x)\n".repeat(5);
    var tokenizer =
        Tokenizer.learn(settings("{\"tokenizer\": \"bpe\", \"layout\": true}"), List.of(code));
    assertThat(tokenizer.decode(tokenizer.encode(code).ids())).isEqualTo(code);
    assertThat(tokenizer.tokens(code)).contains("       ", " print(x)\n");
    var file = folder.resolve("tokens.json");
    tokenizer.save(file);
    assertThat(Tokenizer.load(file)).isEqualTo(tokenizer);
    assertThat(Tokenizer.load(file).tokens(code)).isEqualTo(tokenizer.tokens(code));
  }

  @Test
  void noPieceIsCutOffTheVocabulary() {
    for (var learner : LEARNERS) {
      for (int size : new int[] {5, 12, 25, 40, 80, 8000}) {
        var pieces = learned(learner, TEXTS, size);
        var vocabulary = pieces.vocabulary().orElseThrow();
        assertThat(vocabulary.size()).isLessThanOrEqualTo(size);
        if (size >= 40) {
          for (var text : TEXTS) {
            assertThat(pieces.tokens(text)).allMatch(vocabulary::contains);
          }
        }
      }
    }
  }

  /// The order of equal words does not depend on that of a hash table, nor on the order of texts.
  @Test
  void theSameTextsGiveTheSamePieces() {
    for (var learner : LEARNERS) {
      var first = learned(learner, TEXTS, 50);
      for (int seed = 0; seed < 5; seed++) {
        var shuffled = new ArrayList<>(TEXTS);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(learned(learner, shuffled, 50)).isEqualTo(first);
      }
    }
  }

  @Test
  void rareLettersAreUnknown() {
    var texts = List.of("aaa bbb abab abab q");
    for (var learner : LEARNERS) {
      var pieces = SubwordSettings.learn(new PreTokenizer.Spaces(), texts, 50, 2, 1000, learner);
      assertThat(pieces.vocabulary().orElseThrow().tokens()).contains("a", "b").doesNotContain("q");
      assertThat(pieces.join(pieces.tokens("q abab q"))).isEqualTo("q abab q");
    }
  }

  /// A word that is long goes another way to the same pieces.
  @Property(tries = 200)
  void longWordsAreMergedAsShortOnes(
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(min = 1, max = 90) String word) {
    var bpe =
        (Bpe)
            learned(
                    BpeLearner::learn,
                    List.of("abcab cabba abc cc aab bca abcabc aaaa bbcc aaa"),
                    40)
                .pieces();
    var found = new ArrayList<String>();
    bpe.cut(word, (piece, start, end) -> found.add(piece));
    assertThat(found).isEqualTo(merged(bpe, word));
  }

  /// The definition: the first of all merges that fits, again and again.
  private static List<String> merged(Bpe bpe, String word) {
    int[] merges = bpe.settings().array("merges").wholeNumbers(0, 1000);
    var parts = new ArrayList<>(Arrays.asList(word.split("")));
    for (int i = 0; i < merges.length; i += 2) {
      String left = bpe.vocabulary().token(merges[i]);
      String right = bpe.vocabulary().token(merges[i + 1]);
      for (int at = 0; at + 1 < parts.size(); at++) {
        if (parts.get(at).equals(left) && parts.get(at + 1).equals(right)) {
          parts.set(at, left + right);
          parts.remove(at + 1);
          i = -2; // from the first on
          break;
        }
      }
    }
    return parts;
  }

  /// The best of all ways to cut a word.
  @Property(tries = 200)
  void unigramFindsTheBestWay(
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(min = 1, max = 9) String word,
      @ForAll @IntRange(max = 1000) int seed) {
    var random = new Random(seed);
    var tokens = List.of("a", "b", "c", "ab", "bc", "abc", "ca", "aa", "cab");
    double[] scores = random.doubles(13, -9, -1).toArray();
    var unigram = new Unigram(Vocabulary.of(tokens), scores, false);
    double[] total = {0};
    unigram.cut(word, (piece, start, end) -> total[0] += scores[unigram.vocabulary().id(piece)]);
    assertThat(total[0]).isCloseTo(best(word, tokens, scores), within(1e-9));
  }

  private static double best(String word, List<String> tokens, double[] scores) {
    return word.isEmpty()
        ? 0
        : IntStream.range(0, tokens.size())
            .filter(i -> word.startsWith(tokens.get(i)))
            .mapToDouble(
                i -> scores[i + 4] + best(word.substring(tokens.get(i).length()), tokens, scores))
            .max()
            .orElse(Double.NEGATIVE_INFINITY);
  }

  @Test
  void expectedCountsAreThoseOfAllWays() {
    var tokens = List.of("a", "b", "ab");
    double[] scores = {Math.log(0.3), Math.log(0.2), Math.log(0.5)};
    var lattice = new Lattice(Trie.of(tokens, new int[] {0, 1, 2}), scores);
    double[] expected = new double[3];
    lattice.expect("ab", 10, expected);
    // p(a b) = 0.06, p(ab) = 0.5
    assertThat(expected[0]).isCloseTo(10 * 0.06 / 0.56, within(1e-12));
    assertThat(expected[2]).isCloseTo(10 * 0.5 / 0.56, within(1e-12));
    assertThat(lattice.best("ab", -1)).containsExactly(2);
    assertThat(lattice.best("ab", 2)).containsExactly(0, 1);
  }

  @Test
  void digammaIsThatOfTheTables() {
    assertThat(UnigramLearner.digamma(1)).isCloseTo(-0.5772156649015329, within(1e-9));
    assertThat(UnigramLearner.digamma(0.5)).isCloseTo(-1.9635100260214235, within(1e-9));
    assertThat(UnigramLearner.digamma(10)).isCloseTo(2.2517525890667214, within(1e-9));
  }

  @Test
  void frequentWordsBecomeOnePiece() {
    for (var learner : LEARNERS) {
      var pieces = learned(learner, Collections.nCopies(20, "the newest film"), 40);
      assertThat(pieces.tokens("the newest film")).containsExactly(" the", " newest", " film");
    }
  }

  /// What does not fit is forgotten, and said; what is frequent counts all the same.
  @Test
  void theMemoryIsBounded() {
    var texts = new ArrayList<String>();
    for (int i = 0; i < 2000; i++) {
      texts.add("frequent word " + Integer.toString(i * 7919, 36));
    }
    var pieces =
        SubwordSettings.learn(new PreTokenizer.Spaces(), texts, 60, 1, 2000, BpeLearner::learn);
    assertThat(pieces.notices()).hasSize(1);
    assertThat(pieces.notices().getFirst())
        .startsWith("the words of the training texts do not fit into memory: ");
    assertThat(pieces.tokens("frequent word")).containsExactly(" frequent", " word");
    assertThat(learned(BpeLearner::learn, texts, 60).notices()).isEmpty();
  }

  @Test
  void aTextWithoutSpacesIsCountedInParts() {
    String text = "abcdefghij".repeat(1000);
    var counts =
        TokenCounts.ofWords(new PreTokenizer.Spaces(), List.of(text, "😀".repeat(500)), 1 << 20);
    assertThat(counts.tokens()).allMatch(word -> word.token().length() <= 100);
    assertThat(counts.tokens()).allMatch(word -> WholeCharacters.isWhole(word.token()));
    var pieces = learned(BpeLearner::learn, List.of(text), 40);
    assertThat(pieces.join(pieces.tokens(text))).isEqualTo(text);
  }

  @Test
  void aRecipeSaysHowManyPieces() {
    for (var kind : List.of("bpe", "unigram")) {
      var tokenizer =
          Tokenizer.learn(
              settings("{\"tokenizer\":\"%s\",\"pieces\":40,\"lower_case\":true}".formatted(kind)),
              List.of("THE newest THE newest", "the newest"));
      assertThat(tokenizer.segmenter().kind()).isEqualTo(kind);
      assertThat(tokenizer.tokens("The Newest")).containsExactly(" the", " newest");
      var encoding = tokenizer.encode("The  Newest");
      assertThat(encoding.starts()).containsExactly(0, 3, 4);
      assertThat(encoding.ends()).containsExactly(3, 4, 11);
      assertThat(encoding.words()).containsExactly(0, 1, 2);
      assertThat(tokenizer.decode(encoding.ids())).isEqualTo("the  newest");
      assertThat(tokenizer.vocabulary().size()).isLessThanOrEqualTo(40);

      var file = folder.resolve(kind + ".json");
      tokenizer.save(file);
      var loaded = Tokenizer.load(file);
      assertThat(loaded).isEqualTo(tokenizer);
      assertThat(loaded.encode("the newer").ids()).isEqualTo(tokenizer.encode("the newer").ids());
    }
    var small = Tokenizer.learn(settings("{\"tokenizer\":\"bpe\",\"max_size\":7}"), TEXTS);
    assertThat(small.vocabulary().size()).isEqualTo(7);
  }

  @Property(tries = 200)
  void aDamagedFileIsAClearError(
      @ForAll @IntRange(max = 2000) int place, @ForAll byte value, @ForAll boolean bpe)
      throws IOException {
    var file = Files.createTempFile("tokens", ".json");
    var pieces = learned(LEARNERS.get(bpe ? 0 : 1), TEXTS, 40);
    new Tokenizer(List.of(), pieces, pieces.vocabulary().orElseThrow()).save(file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[place % bytes.length] = value;
    Files.write(file, bytes);
    try {
      Tokenizer.load(file).encode("the lowest");
    } catch (SequorException e) {
      assertThat(e).hasMessageContaining(String.valueOf(file.getFileName()));
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void mergesThatMakeNoTokenAreRefused() {
    JsonObject bpe =
        Json.parseObject("{\"merges\":[4,5],\"fuse\":false,\"bytes\":false,\"whole\":false}", "t");
    assertThatThrownBy(() -> Bpe.of(bpe, Vocabulary.of(List.of("a", "b"))))
        .isInstanceOf(TextException.class)
        .hasMessage("merges: expected pairs that make a token, got \"a\" and \"b\"; make it anew");
    assertThatThrownBy(() -> new BpeKind().load(bpe))
        .isInstanceOf(TextException.class)
        .hasMessageContaining("expected the vocabulary that belongs to it");
  }

  @Test
  void unknownLettersMayBeBytes() {
    var tokens = new ArrayList<String>(List.of("a", "b", "ab"));
    for (int b = 0; b < 256; b++) {
      tokens.add(Bytes.name(b));
    }
    var vocabulary = Vocabulary.of(tokens);
    double[] scores = new double[vocabulary.size()];
    Arrays.fill(scores, -5);
    for (var pieces :
        List.of(
            new Bpe(vocabulary, new int[] {4, 5}, new Bpe.Options(false, true, false)),
            new Unigram(vocabulary, scores, true))) {
      var subwords =
          new Subwords(
              PreTokenizer.none(),
              new Joiner(Joiner.Way.SPACES, " ", false, true),
              pieces,
              List.of());
      assertThat(subwords.tokens("abé")).containsExactly("ab", "<0xC3>", "<0xA9>");
      assertThat(subwords.join(subwords.tokens("abé한ab"))).isEqualTo("abé한ab");
    }
  }

  @Test
  void specialTokensAreNoPieces() {
    var vocabulary = Vocabulary.of(List.of("<s>", "a", "[U]"), Map.of("bos", 0, "unk", 2));
    var unigram = new Unigram(vocabulary, new double[] {0, -1, 0}, false);
    var found = new ArrayList<String>();
    unigram.cut("<s>a", (piece, start, end) -> found.add(piece));
    assertThat(found).containsExactly("<s>", "a"); // an unknown run, and not the mark
    assertThat(vocabulary.id("<s>")).isEqualTo(2);
  }
}
