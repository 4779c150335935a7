package sequor.tasks.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.tasks.TaskException;
import sequor.testkit.PublicData;

class TagFloorsTest {
  private static final int UPOS = 3;
  private static final int XPOS = 4;

  private static TaggedSentence sentence(String tokens, String tags) {
    return new TaggedSentence(List.of(tokens.split(" ", -1)), List.of(tags.split(" ", -1)));
  }

  @Test
  void theMostFrequentTag() {
    var floor =
        MostFrequentTag.train(
            List.of(
                sentence("the Run was the run", "D N V D N"),
                sentence("I run and run", "P V C V"),
                sentence("tie", "A"),
                sentence("tie", "B")));
    assertThat(floor.tag(List.of("run", "Run", "RUN", "tie", "never")))
        .containsExactly("V", "N", "N", "A", "D");
    assertThatThrownBy(() -> MostFrequentTag.train(List.of()))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("expected words to learn from, got none");
  }

  /// A grammar that needs what is before, what follows, and endings.
  private static List<TaggedSentence> grammar(int count, long seed) {
    var random = new Random(seed);
    var sentences = new ArrayList<TaggedSentence>();
    for (int i = 0; i < count; i++) {
      var tokens = new ArrayList<String>();
      var tags = new ArrayList<String>();
      for (int k = 0; k < 2 + random.nextInt(3); k++) {
        int stem = random.nextInt(50);
        tokens.addAll(List.of("the", "ba" + stem + "k", "re" + stem + "ed"));
        tags.addAll(List.of("D", "N", "V"));
        if (random.nextBoolean()) {
          tokens.addAll(List.of("to", "ba" + stem + "k")); // a verb behind "to"
          tags.addAll(List.of("T", "V"));
        }
      }
      sentences.add(new TaggedSentence(tokens, tags));
    }
    return sentences;
  }

  @Test
  void thePerceptronLearnsWhatTheMostFrequentTagCannot() {
    var train = grammar(150, 1);
    var test = grammar(100, 2);
    var perceptron = AveragedPerceptron.train(train, grammar(50, 3), new Seed(1));
    assertThat(perceptron.accuracy(test)).isOne();
    assertThat(MostFrequentTag.train(train).accuracy(test)).isBetween(0.7, 0.95);
    assertThat(perceptron.labels()).containsExactly("D", "N", "T", "V");
    assertThat(perceptron.tag(List.of())).isEmpty();
    assertThat(perceptron.tag(List.of("to", "", "never-seen"))).hasSize(3);
    assertThat(perceptron.method()).startsWith("averaged perceptron, ");
  }

  @Test
  void sameSeedSameBytesAndBackAgain() {
    var train = grammar(60, 1);
    var valid = grammar(20, 2);
    var one = AveragedPerceptron.train(train, valid, new Seed(4));
    byte[] bytes = one.toBytes();
    assertThat(AveragedPerceptron.train(train, valid, new Seed(4)).toBytes()).isEqualTo(bytes);
    var read = AveragedPerceptron.fromBytes(bytes, "tagger.bin");
    assertThat(read.toBytes()).isEqualTo(bytes);
    assertThat(read.method()).isEqualTo(one.method());
    for (var sentence : valid) {
      assertThat(read.tag(sentence.tokens())).isEqualTo(one.tag(sentence.tokens()));
    }
  }

  @Test
  void damagedBytesAreRefused() {
    byte[] bytes = AveragedPerceptron.train(grammar(10, 1), List.of(), new Seed(4)).toBytes();
    for (int at = 0; at < bytes.length; at += Math.max(1, bytes.length / 500)) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 0x40;
      assertThatThrownBy(() -> AveragedPerceptron.fromBytes(damaged, "tagger.bin"))
          .isInstanceOf(TaskException.class)
          .hasMessageStartingWith("tagger.bin: expected a tagger's weights, got another checksum");
      byte[] cut = Arrays.copyOf(bytes, at);
      assertThatThrownBy(() -> AveragedPerceptron.fromBytes(cut, "tagger.bin"))
          .isInstanceOf(TaskException.class);
    }
  }

  @Test
  void mistakesAreSaid() {
    assertThatThrownBy(() -> AveragedPerceptron.train(List.of(), List.of(), new Seed(1)))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("expected tokens to learn from, got none");
    assertThatThrownBy(() -> new TaggedSentence(List.of("a"), List.of()))
        .hasMessageContaining("expected a tag for each token, got 0 for 1");
  }

  /// What taggers of this kind are known to get there.
  @Test
  void englishPartsOfSpeech() {
    onTreebank("ud-ewt UPOS", PublicData::ewt, UPOS, 0.945, 0.89);
  }

  @Test
  void koreanPartsOfSpeech() {
    onTreebank("ud-ko-gsd UPOS", PublicData::koreanGsd, UPOS, 0.9425, 0.7);
    onTreebank("ud-ko-gsd XPOS", PublicData::koreanGsd, XPOS, 0.8555, 0.6);
  }

  private static void onTreebank(
      String name,
      Function<String, Optional<Path>> splits,
      int column,
      double about,
      double frequent) {
    var file = splits.apply("train");
    if (file.isEmpty()) {
      return; // the other tests of this class do without
    }
    var train = read(file.get(), column);
    var valid = read(splits.apply("dev").orElseThrow(), column);
    var test = read(splits.apply("test").orElseThrow(), column);
    long start = System.nanoTime();
    var perceptron = AveragedPerceptron.train(train, valid, new Seed(1));
    double seconds = (System.nanoTime() - start) / 1e9;
    long tokens = train.stream().mapToLong(sentence -> sentence.tokens().size()).sum();
    double accuracy = perceptron.accuracy(test);
    double most = MostFrequentTag.train(train).accuracy(test);
    System.out.printf(
        Locale.ROOT,
        "%s: most frequent tag %.4f, %s %.4f, %d features, %d tokens learned in %.1f s%n",
        name,
        most,
        perceptron.method(),
        accuracy,
        perceptron.features(),
        tokens,
        seconds);
    assertThat(accuracy).isCloseTo(about, within(0.006));
    assertThat(most).isBetween(frequent - 0.1, about);
  }

  private static List<TaggedSentence> read(Path file, int column) {
    var sentences = new ArrayList<TaggedSentence>();
    var tokens = new ArrayList<String>();
    var tags = new ArrayList<String>();
    try (var in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        var cells = line.split("\t", -1);
        if (line.isEmpty()) {
          sentences.add(new TaggedSentence(tokens, tags));
          tokens.clear();
          tags.clear();
        } else if (cells[0].chars().allMatch(Character::isDigit)) { // no range, no empty node
          tokens.add(cells[1]);
          tags.add(cells[column]);
        }
      }
    } catch (IOException e) {
      throw new AssertionError("a data set that cannot be read", e);
    }
    return sentences;
  }
}
