package sequor.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.json.Json;
import sequor.settings.Places;

/// Pieces that are learned by how much neighbors belong together.
class WordPieceLearnerTest {
  @TempDir Path folder;

  private static Subwords learned(List<String> texts, int size) {
    return WordPieceKind.learn(texts, size, 1, 1_000_000);
  }

  private static List<String> pieces(Subwords learned) {
    var vocabulary = learned.vocabulary().orElseThrow();
    return vocabulary.tokens().subList(4, vocabulary.size());
  }

  private static List<String> times(int count, String word) {
    return Collections.nCopies(count, word);
  }

  /// The example of Hugging Face's course: `##g ##s` has 5 / (20 · 5), all others with `##u` 1/36;
  /// of those `p ##u` is the most frequent.
  @Test
  void neighborsThatBelongTogetherAreMergedFirst() {
    var texts = new ArrayList<String>();
    texts.addAll(times(10, "hug"));
    texts.addAll(times(5, "pug"));
    texts.addAll(times(12, "pun"));
    texts.addAll(times(4, "bun"));
    texts.addAll(times(5, "hugs"));

    var learned = learned(texts, 4 + 7 + 2);

    assertThat(pieces(learned))
        .containsExactly("##u", "##g", "p", "##n", "h", "##s", "b", "##gs", "pu");
    assertThat(learned.tokens("hugs pun bug"))
        .containsExactly("h", "##u", "##gs", "pu", "##n", "b", "##u", "##g");
    assertThat(learned.tokens("mug")).containsExactly("mug"); // unknown as a whole
  }

  /// What is kept up to date in queues is what counting everything anew gives.
  @Property(tries = 200)
  void itIsWhatCountingAnewGives(
      @ForAll @StringLength(min = 1, max = 80) @CharRange(from = 'a', to = 'd') String letters) {
    var texts = List.of(letters.replace('d', ' '), "abc abca ab ba", letters.replace("a", " a"));
    for (int size : new int[] {8, 12, 20, 60}) {
      assertThat(pieces(learned(texts, size))).isEqualTo(anew(texts, size - 4));
    }
  }

  /// Two neighbors, in the order of their texts.
  private record Two(String left, String right) {
    String made() {
      return left + right.substring(2);
    }

    @Override
    public String toString() {
      return left + " " + right;
    }
  }

  private static List<String> anew(List<String> texts, int room) {
    var words = new ArrayList<List<String>>(); // each as often as it occurs
    var letters = new TreeMap<String, Integer>();
    for (var text : texts) {
      for (var word : new Whitespace().tokens(text)) {
        var all = new ArrayList<String>();
        for (int i = 0; i < word.length(); i++) {
          all.add((i == 0 ? "" : "##") + word.charAt(i));
        }
        all.forEach(letter -> letters.merge(letter, 1, Integer::sum));
        words.add(all);
      }
    }
    var pieces =
        new ArrayList<>(
            letters.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(room)
                .map(Map.Entry::getKey)
                .toList());
    words.forEach(all -> all.replaceAll(letter -> pieces.contains(letter) ? letter : "?"));
    for (var best = best(words); pieces.size() < room && best.isPresent(); best = best(words)) {
      var two = best.get();
      if (!pieces.contains(two.made())) {
        pieces.add(two.made());
      }
      for (var all : words) {
        for (int i = 0; i + 1 < all.size(); i++) {
          if (all.get(i).equals(two.left) && all.get(i + 1).equals(two.right)) {
            all.set(i, two.made());
            all.remove(i + 1);
          }
        }
      }
    }
    return pieces;
  }

  /// Those who belong together most, if any occur twice.
  private static Optional<Two> best(List<List<String>> words) {
    var singles = new HashMap<String, Long>();
    var pairs = new HashMap<Two, Long>();
    for (var all : words) {
      for (int i = 0; i < all.size(); i++) {
        singles.merge(all.get(i), 1L, Long::sum);
        if (i + 1 < all.size() && !all.get(i).equals("?") && !all.get(i + 1).equals("?")) {
          pairs.merge(new Two(all.get(i), all.get(i + 1)), 1L, Long::sum);
        }
      }
    }
    Comparator<Two> byScore =
        (a, b) ->
            Long.compare(
                count(pairs, a) * count(singles, b.left) * count(singles, b.right),
                count(pairs, b) * count(singles, a.left) * count(singles, a.right));
    return pairs.keySet().stream()
        .filter(two -> count(pairs, two) >= 2)
        .min(
            byScore
                .thenComparingLong(two -> count(pairs, two))
                .reversed()
                .thenComparing(Two::toString));
  }

  private static <K> long count(Map<K, Long> counts, K of) {
    return counts.getOrDefault(of, 0L);
  }

  @Test
  void theSameTextsGiveTheSamePiecesInAnyOrder() {
    var texts = new ArrayList<>(List.of("the lowest of the low", "newest and wider", "é 한국어 한국의"));
    var first = learned(texts, 60);
    for (int seed = 0; seed < 5; seed++) {
      Collections.shuffle(texts, new Random(seed));
      assertThat(learned(texts, 60)).isEqualTo(first);
    }
  }

  @Test
  void aTextComesBackAsItWasAndIsSavedWithItsPieces() {
    String json = "{\"tokenizer\": \"wordpiece\", \"pieces\": 40, \"lower_case\": true}";
    var settings =
        TokenSettings.section()
            .complete(Json.parseObject(json, "test"), "tokens.", Places.of("my.yaml"));
    var texts = List.of("I can't wait :-) for it.", "it can wait", "한국 영화 it");
    var tokenizer = Tokenizer.learn(settings, texts);
    assertThat(tokenizer.vocabulary().size()).isLessThanOrEqualTo(40);
    for (var text : List.of("i can't wait for it.", "한국 wait")) {
      assertThat(tokenizer.decode(tokenizer.encode(text).ids())).isEqualTo(text);
    }
    tokenizer.save(folder.resolve("tokens.json"));
    var again = Tokenizer.load(folder.resolve("tokens.json"));
    assertThat(again).isEqualTo(tokenizer);
    assertThat(again.tokens("It can't")).isEqualTo(tokenizer.tokens("It can't"));
  }

  /// Words that do not fit into memory are forgotten, the rarest first, and that is said.
  @Test
  void memoryIsBounded() {
    var texts = new ArrayList<String>();
    for (int i = 0; i < 3000; i++) {
      texts.add("often " + Integer.toString(i * 7919, 36));
    }
    var learned = WordPieceKind.learn(texts, 60, 1, 2000);
    assertThat(learned.notices()).singleElement().asString().contains("do not fit into memory");
    assertThat(learned.tokens("often")).containsExactly("often");
  }
}
