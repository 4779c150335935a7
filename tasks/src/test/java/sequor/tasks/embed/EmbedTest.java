package sequor.tasks.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sequor.data.DataException;
import sequor.kernels.Parallel;
import sequor.settings.SettingsException;
import sequor.tasks.LearnedVectors;
import sequor.tasks.Models;
import sequor.tasks.TaskException;
import sequor.train.TrainingListener;
import sequor.vectors.Neighbors.Scored;

class EmbedTest {
  private final int threads = Parallel.threads();

  @TempDir Path folder;

  @AfterEach
  void asBefore() {
    Parallel.threads(threads);
  }

  static Stream<Embed> ways() {
    return Stream.of(
        Embed.skipGram(20),
        Embed.cbow(20),
        Embed.skipGram(20).with("loss", "hierarchical_softmax"),
        Embed.cbow(20).with("loss", "hierarchical_softmax"),
        Embed.skipGram(20).subwords(3, 4, 500),
        Embed.cbow(20).subwords(3, 4, 500),
        Embed.skipGram(20).subwords(3, 4, 500).with("loss", "hierarchical_softmax"),
        Embed.glove(20),
        Embed.skipGram(20).with("method", "joined"),
        Embed.skipGram(20).with("method", "one_table"));
  }

  private static Embed small(Embed way) {
    return way.with("subsample", 0).with("window", 3).learningRate(0.2).epochs(10).seed(5);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void wordsOfOneWorldAreNear(Embed way) {
    var embedder = small(way).train(Texts.of(2000));
    for (var world : List.of(Texts.SEA, Texts.FIELD)) {
      var nearest = embedder.predict(world.getFirst()).words().stream().map(Scored::word);
      assertThat(nearest.limit(5)).as("%s", way).allMatch(world::contains);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anyNumberOfThreadsGivesTheSameBits(Embed way) {
    Parallel.threads(1);
    var one = small(way).epochs(2).train(Texts.of(700));
    for (int count : new int[] {2, 3}) {
      Parallel.threads(count);
      assertSame(one, small(way).epochs(2).train(Texts.of(700)));
    }
  }

  private static void assertSame(Embedder one, Embedder other) {
    assertThat(other.vectors().words()).isEqualTo(one.vectors().words());
    for (int word = 0; word < one.vectors().size(); word++) {
      assertThat(other.vectors().row(word)).isEqualTo(one.vectors().row(word));
    }
  }

  @Test
  void anotherSeedIsAnotherTraining() {
    var one = small(Embed.skipGram(20)).train(Texts.of(50));
    var other = small(Embed.skipGram(20)).seed(6).train(Texts.of(50));
    assertThat(other.vectors().row(0)).isNotEqualTo(one.vectors().row(0));
  }

  @Test
  void theLossFalls() {
    var losses = new ArrayList<Double>();
    var listener =
        new TrainingListener() {
          @Override
          public void epochEnded(Epoch epoch) {
            losses.add(epoch.metrics().getOrDefault("train_loss", Double.NaN));
          }
        };
    small(Embed.skipGram(20)).listener(listener).train(Texts.of(500));
    assertThat(losses).hasSize(10);
    assertThat(losses.getLast()).isLessThan(losses.getFirst());
  }

  @Test
  void isWrittenAndRead() {
    var plain = small(Embed.skipGram(20)).train(Texts.of(200));
    plain.save(folder.resolve("plain"));
    assertSame(plain, Embedder.load(folder.resolve("plain")));
    assertThat(Models.load(folder.resolve("plain")).answerTexts(List.of("ship")))
        .isEqualTo(List.of(plain.predict("ship")));
    assertThat(LearnedVectors.of(folder.resolve("plain")).words())
        .isEqualTo(plain.vectors().words());

    var subwords = small(Embed.skipGram(20).subwords(3, 5, 100)).train(Texts.of(200));
    subwords.save(folder.resolve("subwords"));
    var loaded = Embedder.load(folder.resolve("subwords"));
    assertSame(subwords, loaded);
    float[] unseen = loaded.vector("sailors").orElseThrow();
    assertThat(unseen).isEqualTo(subwords.vector("sailors").orElseThrow());
    assertThat(plain.vector("sailors")).isEmpty();
    assertThat(plain.predict("sailors").words()).isEmpty();
  }

  @Test
  void severalWordsAreTheirMean() {
    var embedder = small(Embed.skipGram(20)).train(Texts.of(500));
    assertThat(embedder.predict("ship unheard-of sail").words()).hasSize(10);
    assertThat(embedder.predict("ship sail").words().stream().map(Scored::word))
        .doesNotContain("ship", "sail");
  }

  @Test
  void tooLittleTextIsToldOf() {
    var embed = Embed.skipGram(10);
    assertThatThrownBy(() -> embed.train(List.of("", "  ")))
        .isInstanceOf(DataException.class)
        .hasMessage("embed: expected text to learn from, got no words; give some");
    assertThatThrownBy(() -> embed.train(List.of("one two three")))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "embed: expected two words or more that occur 5 times or oftener, got 0 among 3 words; give"
                + " more text, or set tokens.min_frequency lower");
    assertThatThrownBy(() -> embed.train(List.of("so so so so so so")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("got 1 among 6 words");
    assertThatThrownBy(() -> Embed.glove(9).subwords(3, 6, 10).train(Texts.of(20)))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("expected neither n-grams nor a tree of words with glove");
    assertThatThrownBy(() -> embed.with("method", "joined").subwords(3, 6, 10).train(Texts.of(20)))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("expected neither n-grams nor a tree of words with joined");
    assertThatThrownBy(() -> embed.subwords(4, 3, 10).train(Texts.of(20)))
        .isInstanceOf(TaskException.class)
        .hasMessageEndingWith("got 4 to 3; set model.longest to 4 or more");
    assertThatThrownBy(() -> embed.with("windows", 3).train(List.of("a b")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("did you mean \"window\"");
  }
}
