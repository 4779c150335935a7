package sequor.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sequor.vectors.Neighbors.Scored;

class NeighborsTest {
  /// In the plane: the first number is how royal, the second how female.
  private static final Neighbors PEOPLE =
      Neighbors.of(
          WordVectors.of(
              List.of("man", "woman", "king", "queen", "apple", "nothing"),
              3,
              new float[] {1, 0, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1, -1, 0.1f, 0, 0, 0, 0}));

  @Test
  void analogiesAreThoseOfDifferences() {
    assertThat(PEOPLE.analogy("man", "king", "woman", 1))
        .extracting(Scored::word)
        .containsExactly("queen");
  }

  @Test
  void aWordMayStandTwiceInAnAnalogy() {
    assertThat(PEOPLE.analogy("king", "king", "woman", 1))
        .extracting(Scored::word)
        .containsExactly("queen");
  }

  @Test
  void similarityIsTheCosine() {
    assertThat(PEOPLE.similarity("man", "woman")).isEqualTo(Math.sqrt(0.5), within(1e-6));
    assertThat(PEOPLE.similarity("man", "man")).isEqualTo(1, within(1e-6));
    assertThat(PEOPLE.similarity("man", "nothing")).isZero();
    assertThatThrownBy(() -> PEOPLE.similarity("man", "pear"))
        .isInstanceOf(VectorsException.class)
        .hasMessageContaining("no vector of \"pear\"");
  }

  @Test
  void oneDoesNotMatch() {
    var least = PEOPLE.leastLike(List.of("man", "king", "apple", "queen"));
    assertThat(least.word()).isEqualTo("apple");
    assertThatThrownBy(() -> PEOPLE.leastLike(List.of("man", "king")))
        .isInstanceOf(VectorsException.class);
  }

  @Test
  void manyAreAnsweredAsOneByOne() {
    var random = new Random(8);
    int count = 3000; // so that they are answered in two lots
    float[] values = new float[count * 5];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    var words = IntStream.range(0, count).mapToObj(i -> "w" + i).toList();
    var neighbors = Neighbors.of(WordVectors.of(words, 5, values));
    var queries = new ArrayList<Neighbors.Query>();
    for (int i = 0; i < 2000; i++) {
      queries.add(neighbors.analogy("w" + i, "w" + (i + 1), "w" + (i + 2)));
    }

    var together = neighbors.of(queries, 2);

    assertThat(together).hasSameSizeAs(queries);
    for (int i = 0; i < queries.size(); i++) {
      var alone = neighbors.analogy("w" + i, "w" + (i + 1), "w" + (i + 2), 2);
      assertThat(together.get(i)).extracting(Scored::word).containsExactly(words(alone));
    }
    assertThat(neighbors.of(List.of(), 2)).isEmpty();
  }

  private static String[] words(List<Scored> scored) {
    return scored.stream().map(Scored::word).toArray(String[]::new);
  }

  /// Against plain sums, with equals, over several sizes of vectors.
  @Test
  void theNearestAreThoseOfAllCosines() {
    var random = new Random(5);
    for (int dimension : new int[] {1, 4, 6, 13, 17, 207}) {
      int count = 500;
      float[] values = new float[count * dimension];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      System.arraycopy(values, 0, values, 7 * dimension, dimension); // word 7 is as word 0
      var vectors =
          WordVectors.of(
              IntStream.range(0, count).mapToObj(i -> "w" + i).toList(), dimension, values);
      var neighbors = Neighbors.of(vectors);
      float[] query = vectors.row(3);
      var expected = new ArrayList<Scored>();
      for (var word : vectors.words()) {
        expected.add(new Scored(word, neighbors.similarity("w3", word)));
      }
      expected.sort(Comparator.comparingDouble(Scored::similarity).reversed());
      var found = neighbors.of(query, 12, Set.of());
      assertThat(found).hasSize(12);
      for (int i = 0; i < found.size(); i++) {
        assertThat(found.get(i).similarity()).isEqualTo(expected.get(i).similarity(), within(1e-5));
      }
      assertThat(neighbors.of("w3", 500)).hasSize(499).noneMatch(each -> each.word().equals("w3"));
      var equals = neighbors.of(query, 500, Set.of()).stream().map(Scored::word).toList();
      assertThat(equals.indexOf("w0")).isLessThan(equals.indexOf("w7"));
    }
  }

  @Test
  void subwordsMayBeAskedToo() {
    var random = new Random(2);
    float[] values = new float[(2 + 9) * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    var known =
        WordVectors.of(List.of("fox", "dog"), new long[] {1, 1}, new Subwords(2, 3, 9), 3, values);
    assertThat(Neighbors.of(known).of("foxes", 2)).hasSize(2);
    assertThatThrownBy(() -> Neighbors.of(known).of(new float[2], 1, Set.of()))
        .hasMessageContaining("a vector of 3 numbers");
  }
}
