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
import sequor.kernels.Parallel;
import sequor.tasks.TaskException;
import sequor.vectors.VectorsException;

class DocumentVectorsTest {
  private final int threads = Parallel.threads();

  @TempDir Path folder;

  @AfterEach
  void asBefore() {
    Parallel.threads(threads);
  }

  /// PV-DBOW and PV-DM.
  static Stream<Embed> ways() {
    return Stream.of(
        Embed.skipGram(16).documents(),
        Embed.cbow(16).documents(),
        Embed.cbow(16).documents().subwords(3, 4, 200));
  }

  private static Embedder trained(Embed way, int texts) {
    return way.with("subsample", 0)
        .with("window", 3)
        .learningRate(0.1)
        .epochs(8)
        .seed(5)
        .train(Texts.of(texts));
  }

  /// Every other text is of the sea: those with odd numbers.
  @ParameterizedTest
  @MethodSource("ways")
  void aTextIsNearThoseOfItsWorld(Embed way) {
    var embedder = trained(way, 400);
    assertThat(embedder.documents().size()).isEqualTo(400);
    for (int world = 0; world < 2; world++) {
      int odd = 1 - world;
      var text = world == 0 ? "sailor wave tide harbour" : "farmer barley plough barn";
      var nearest = embedder.nearestDocuments(text, 20);
      assertThat(nearest.stream().filter(each -> Integer.parseInt(each.word()) % 2 == odd).count())
          .as("%s", text)
          .isGreaterThan(16);
    }
    var known = embedder.documents().vector("1").orElseThrow();
    assertThat(known).hasSize(16);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anyThreadsGiveTheSameBitsAndARunKeepsThem(Embed way) {
    Parallel.threads(1);
    var one = trained(way, 120);
    for (int count : new int[] {2, 3}) {
      Parallel.threads(count);
      var other = trained(way, 120);
      for (int text = 0; text < 120; text++) {
        assertThat(other.documents().row(text)).isEqualTo(one.documents().row(text));
      }
    }
    one.save(folder);
    var loaded = Embedder.load(folder);
    assertThat(loaded.infer("ship and sail")).isEqualTo(one.infer("ship and sail"));
    assertThat(loaded.nearestDocuments("ship and sail", 3))
        .isEqualTo(one.nearestDocuments("ship and sail", 3));
    assertThat(loaded.infer("ship zzz and sail")).isEqualTo(one.infer("ship and sail"));
  }

  /// What a text has learned in training and what is learned of it anew point the same way.
  @Test
  void aKnownTextIsNearItself() {
    var texts = new ArrayList<String>();
    for (int i = 0; i < 200; i++) {
      texts.add("w%d x%d y%d z%d ".formatted(i % 20, i % 20, i % 20, i % 20).repeat(5));
    }
    var embedder =
        Embed.skipGram(16)
            .documents()
            .tokens("min_frequency", 1)
            .with("subsample", 0)
            .learningRate(0.1)
            .epochs(20)
            .seed(1)
            .train(texts);
    for (int i = 0; i < 20; i++) {
      int group = i;
      assertThat(embedder.nearestDocuments(texts.get(i), 5))
          .allMatch(each -> (Integer.parseInt(each.word()) - 1) % 20 == group);
    }
  }

  @Test
  void textsWithoutWordsHaveNoneAndKeepTheirNumbers() {
    var texts = new ArrayList<>(Texts.of(50));
    texts.add(1, "zzz");
    texts.addFirst("");
    var embedder = Embed.skipGram(8).documents().seed(1).train(texts);
    assertThat(embedder.documents().words()).hasSize(50).startsWith("2", "4", "5").endsWith("52");
    assertThatThrownBy(() -> embedder.infer("zzz"))
        .isInstanceOf(VectorsException.class)
        .hasMessageContaining("which has none of the");
  }

  @Test
  void othersHaveNone() {
    var plain = Embed.skipGram(8).train(Texts.of(50));
    assertThatThrownBy(() -> plain.nearestDocuments("ship", 3))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("train it with model.documents=true");
    for (var way :
        List.of(
            Embed.glove(8),
            Embed.skipGram(8).subwords(3, 4, 100),
            Embed.cbow(8).with("loss", "hierarchical_softmax"))) {
      assertThatThrownBy(() -> way.documents().train(Texts.of(20)))
          .isInstanceOf(TaskException.class)
          .hasMessageContaining("expected model.documents with cbow");
    }
  }

  @Test
  void namesAreKeptApart() {
    assertThat(DocumentVectors.apart(List.of("a:1", "b:1", "a:1", "a:1")))
        .containsExactly("a:1", "b:1", "a:1#2", "a:1#3");
  }
}
