package sequor.tasks.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.json.JsonFile;
import sequor.kernels.Parallel;
import sequor.tasks.TaskException;
import sequor.tasks.embed.Phrases.Pair;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;
import sequor.text.Whitespace;

class PhrasesTest {
  private final int threads = Parallel.threads();

  @TempDir Path folder;

  @AfterEach
  void asBefore() {
    Parallel.threads(threads);
  }

  /// Words by chance, among them "new york", "new york times" at times, and "ping pong" rarely.
  private static List<String> texts(int count) {
    var random = new Random(4);
    var texts = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      var words = new ArrayList<String>();
      for (int w = 0; w < 6; w++) {
        words.add("w" + random.nextInt(30));
      }
      words.add(random.nextInt(6), i % 3 == 0 ? "new york times" : "new york");
      words.add(random.nextInt(6), i % 50 == 0 ? "ping pong" : "york");
      texts.add(String.join(" ", words));
    }
    return texts;
  }

  private static Cutting words(List<String> texts) {
    return Cutting.of(Tokenizer.learn(new Whitespace(), TokenSettings.standard(), texts));
  }

  private static Cutting learn(List<String> texts, int passes, double threshold, int most) {
    var settings = new PhraseSettings(passes, 5, threshold, "_");
    return new PhraseLearner(texts, settings, most, 1).learn(words(texts));
  }

  @Test
  void aPassJoinsTwoWordsAndTheNextOneWhatThatJoined() {
    var cutting = learn(texts(500), 1, 3, 1 << 20);
    assertThat(cutting.tokens("the new york times of new york"))
        .containsExactly("the", "new_york", "times", "of", "new_york");
    var twice = learn(texts(500), 2, 3, 1 << 20);
    assertThat(twice.tokens("new york times")).containsExactly("new_york_times");
    assertThat(twice.words()).contains("new_york", "new_york_times", "york").doesNotContain("new");
    assertThat(twice.words().subList(0, 2)).contains("new_york"); // the most frequent first
  }

  /// What a naive program counts in a map: the score of the paper's section 4.
  @Test
  void thePairsAreThoseWhoseScoreIsAboveTheThreshold() {
    var texts = texts(300);
    var words = new HashMap<String, Integer>();
    var pairs = new HashMap<Pair, Integer>();
    int all = 0;
    for (var text : texts) {
      var tokens = text.split(" ", -1);
      for (int i = 0; i < tokens.length; i++) {
        all++;
        words.merge(tokens[i], 1, Integer::sum);
        if (i > 0) {
          pairs.merge(new Pair(tokens[i - 1], tokens[i]), 1, Integer::sum);
        }
      }
    }
    for (double threshold : new double[] {0.3, 1, 3, 10}) {
      Set<String> expected = new HashSet<>();
      for (var each : pairs.entrySet()) {
        var pair = each.getKey();
        double byChance =
            (double) words.getOrDefault(pair.first(), 0) * words.getOrDefault(pair.second(), 0);
        if (each.getValue() > 5 && (each.getValue() - 5) / byChance * all > threshold) {
          expected.add(pair.first() + " " + pair.second());
        }
      }
      var phrases = learn(texts, 1, threshold, 40).phrases(); // spills
      assertThat(phrases.size()).isEqualTo(expected.size());
      for (var pair : expected) {
        assertThat(phrases.join(List.of(pair.split(" ", -1)))).hasSize(1);
      }
    }
  }

  @Test
  void noWordIsJoinedTwiceAndRarePairsAreNone() {
    var phrases = Phrases.none("_").and(List.of(new Pair("a", "b"), new Pair("b", "c")));
    assertThat(phrases.join(List.of("a", "b", "c", "b", "c", "a")))
        .containsExactly("a_b", "c", "b_c", "a");
    assertThat(learn(texts(200), 1, 3, 1 << 20).tokens("ping pong")).hasSize(2); // 4 times, δ is 5
    assertThat(learn(texts(200), 3, 1e9, 1 << 20).phrases().isEmpty()).isTrue();
  }

  /// Between words without a vector nothing is joined over them.
  @Test
  void aWordThatIsLeftOutParts() {
    var texts = new ArrayList<String>();
    for (int i = 0; i < 100; i++) {
      texts.add("left u" + i + " right x y z");
    }
    var usual = TokenSettings.standard();
    var rare =
        new TokenSettings(
            false,
            usual.transforms(),
            usual.normalization(),
            2,
            usual.maxSize(),
            usual.maxLength(),
            usual.keep());
    var cutting = Cutting.of(Tokenizer.learn(new Whitespace(), rare, texts));
    var settings = new PhraseSettings(1, 5, 1, "_");
    var learned = new PhraseLearner(texts, settings, 1 << 20, 2).learn(cutting);
    assertThat(learned.tokens("left right")).hasSize(2);
    assertThat(learned.tokens("x y")).containsExactly("x_y");
  }

  @Test
  void aRunKeepsThemAndAnyThreadsGiveTheSameBits() {
    var embed = Embed.skipGram(10).tokens("min_frequency", 1).phrases(2, 3).epochs(2).seed(2);
    Parallel.threads(1);
    var one = embed.train(texts(300));
    assertThat(one.vectors().words()).contains("new_york_times");
    assertThat(one.predict("New York Times").words()).isNotEmpty();
    assertThat(one.asked().spelled("new york")).isEqualTo("new_york");
    for (int count : new int[] {2, 3}) {
      Parallel.threads(count);
      var other = embed.train(texts(300));
      assertThat(other.vectors().words()).isEqualTo(one.vectors().words());
      for (int word = 0; word < one.vectors().size(); word++) {
        assertThat(other.vectors().row(word)).isEqualTo(one.vectors().row(word));
      }
    }
    one.save(folder);
    assertThat(Embedder.load(folder).predict("new york times"))
        .isEqualTo(one.predict("new york times"));
  }

  @Test
  void aFileOfPhrasesThatIsCutIsSaid() throws Exception {
    var file = folder.resolve("phrases.json");
    Files.writeString(file, "{\"between\":\"_\",\"passes\":[[\"new\"]]}");
    assertThatThrownBy(() -> Phrases.load(new JsonFile(file)))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("expected first and second words of phrases in turn, got 1 words");
  }
}
