package sequor.tasks.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sequor.tasks.Once;
import sequor.tasks.TextReader;
import sequor.text.Item;

class JudgedTest {
  private static Judged judged(int count) {
    return new Judged(
        Collections.nCopies(count, "a text"),
        Collections.nCopies(count, "good"),
        new Once<>(() -> new TextReader.Items(Collections.nCopies(count, new Item()), 0)));
  }

  @Test
  void aPieceHasItsItems() {
    var items = Stream.generate(Item::new).limit(600).toList();
    var texts = Collections.nCopies(600, "a text");
    var judged = new Judged(texts, texts, new Once<>(() -> new TextReader.Items(items, 7)));
    assertThat(judged.read().ifMade()).isEmpty();
    assertThat(judged.pieces(1 << 30).get(1).items()).isEqualTo(items.subList(256, 512));
    assertThat(judged.read().ifMade()).map(TextReader.Items::cut).contains(7);
  }

  /// The probabilities of 20,000 classes for as many texts would be 3.2 GB.
  @Test
  void manyClassesAreJudgedPieceByPiece() {
    assertThat(sizes(judged(25_000), 2)).containsExactly(25_000);
    var pieces = sizes(judged(20_000), 20_000);
    assertThat(pieces.stream().mapToInt(size -> size).sum()).isEqualTo(20_000);
    assertThat(pieces).allMatch(size -> size * 20_000L <= 1 << 24);
    assertThat(sizes(judged(600), 1 << 30)).containsExactly(256, 256, 88);
    assertThat(judged(600).piece(1 << 30).texts()).hasSize(256);
    assertThat(judged(0).pieces(3)).isEmpty();
    assertThat(judged(0).piece(3).texts()).isEmpty();
  }

  private static List<Integer> sizes(Judged judged, int classes) {
    return judged.pieces(classes).stream().map(piece -> piece.texts().size()).toList();
  }
}
