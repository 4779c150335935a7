package sequor.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.testkit.Twins;

class FirstPiecesTest {
  private final RandomGenerator random = new Seed(4).generator();
  private final BertEncoder encoder =
      BertEncoder.Config.of(8, 2, 1).build(InputSize.ofIds(9, 0), random);
  private final FirstPieces words = new FirstPieces(encoder);

  private static Inputs inputs(Ids places, Spans of, Ids pieces, Spans all) {
    return Inputs.of(Inputs.TEXT, places, of).and(FirstPieces.PIECES, pieces, all);
  }

  private static Inputs one(int[] places, int... pieces) {
    return inputs(
        Ids.of(places, 1, places.length),
        Spans.full(1, places.length),
        Ids.of(pieces, 1, pieces.length),
        Spans.full(1, pieces.length));
  }

  @Test
  void aWordHasTheVectorOfItsFirstPiece() {
    int[] pieces = {2, 5, 6, 7, 4, 3};
    var read = words.encode(one(new int[] {1, 2, 4}, pieces)).hidden();
    var all = encoder.encode(Inputs.of(Inputs.TEXT, Ids.of(pieces, 1, 6), Spans.full(1, 6)));
    assertThat(read.shape().dims()).containsExactly(1, 3, 8);
    int[] places = {1, 2, 4};
    for (int t = 0; t < 3; t++) {
      Twins.assertSameBits(all.hidden().select(1, places[t]), read.select(1, t));
    }
    assertThat(words.parameters().keySet()).isEqualTo(encoder.parameters().keySet());
  }

  /// Two sentences of other lengths in words and in pieces, padded on either side.
  @Test
  void paddingChangesNothing() {
    var first = words.encode(one(new int[] {1, 2, 4}, 2, 5, 6, 7, 4, 3)).hidden(); // (1,3,8)
    var second = words.encode(one(new int[] {1}, 2, 8, 3)).hidden(); // (1,1,8)
    var right =
        words.encode(
            inputs(
                Ids.of(new int[] {1, 2, 4, 1, 0, 0}, 2, 3),
                Spans.right(new int[] {3, 1}, 3),
                Ids.of(new int[] {2, 5, 6, 7, 4, 3, 2, 8, 3, 0, 0, 0}, 2, 6),
                Spans.right(new int[] {6, 3}, 6)));
    var left =
        words.encode(
            inputs(
                Ids.of(new int[] {1, 2, 4, 0, 0, 1}, 2, 3),
                Spans.left(new int[] {3, 1}, 3),
                Ids.of(new int[] {2, 5, 6, 7, 4, 3, 0, 0, 0, 2, 8, 3}, 2, 6),
                Spans.left(new int[] {6, 3}, 6)));
    for (var both : new Tensor[] {right.hidden(), left.hidden()}) {
      Twins.assertClose(first.select(0, 0), both.select(0, 0), 8);
    }
    Twins.assertClose(second.select(1, 0), right.hidden().slice(0, 1, 2).select(1, 0), 8);
    Twins.assertClose(second.select(1, 0), left.hidden().slice(0, 1, 2).select(1, 2), 8);
    assertThat(right.hidden().slice(0, 1, 2).slice(1, 1, 3).toArray()).containsOnly(0);
    assertThat(left.hidden().slice(0, 1, 2).slice(1, 0, 2).toArray()).containsOnly(0);
  }

  /// The other pieces are learned through what the first ones take from them.
  @Test
  void allPiecesLearn() {
    try (var tape = Tape.open()) {
      var read = words.encode(one(new int[] {1}, 2, 5, 6, 3)).hidden(); // (1,1,8)
      tape.backward(read.times(Tensor.randn(random, 1, 1, 8)).sum());
    }
    var gradient = encoder.table().grad();
    assertThat(gradient.select(0, 6).toArray()).doesNotContain(0);
    assertThat(gradient.select(0, 7).toArray()).containsOnly(0);
  }
}
