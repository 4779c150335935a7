package sequor.vectors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.IntStream;
import sequor.kernels.Floats;
import sequor.kernels.Kernels;
import sequor.kernels.Products;

/// Which words have vectors in nearly the same direction: exact, by the cosine with every word.
///
/// ```
/// cos(a,b) = a·b / (|a|·|b|),   analogy a : b = c : d has d = argmax cos(d, b − a + c)
/// ```
///
/// with all vectors of length 1 (Mikolov, Yih and Zweig 2013). A vector of zeros is like none. It
/// is immutable and shared by threads.
public final class Neighbors {
  private static final Kernels KERNELS = Kernels.best();
  private static final int BLOCK = 1 << 24; // numbers that are multiplied together

  private final WordVectors vectors;
  private final List<Floats> blocks = new ArrayList<>(); // (rows,D) each, of length 1
  private final int rowsOfBlock;

  /// A word and how like it is, from −1 to 1.
  public record Scored(String word, double similarity) {}

  private Neighbors(WordVectors vectors) {
    this.vectors = vectors;
    this.rowsOfBlock = Math.max(1, BLOCK / vectors.dimension());
    for (int from = 0; from < vectors.size(); from += rowsOfBlock) {
      blocks.add(block(from, Math.min(vectors.size(), from + rowsOfBlock)));
    }
  }

  /// Takes as much memory again as the vectors.
  public static Neighbors of(WordVectors vectors) {
    return new Neighbors(vectors);
  }

  private Floats block(int from, int to) {
    int d = vectors.dimension();
    float[] rows = new float[(to - from) * d];
    for (int i = from; i < to; i++) {
      System.arraycopy(unit(vectors.row(i)), 0, rows, (i - from) * d, d);
    }
    var block = KERNELS.memory().floats(rows.length);
    block.write(rows);
    return block;
  }

  /// The same direction, of length 1; zeros stay.
  private static float[] unit(float[] vector) {
    double squares = 0;
    for (float number : vector) {
      squares += (double) number * number;
    }
    float[] unit = vector.clone();
    double length = Math.sqrt(squares);
    for (int d = 0; length > 0 && d < unit.length; d++) {
      unit[d] = (float) (unit[d] / length);
    }
    return unit;
  }

  private float[] unit(String word) {
    return unit(
        vectors
            .vector(word)
            .orElseThrow(
                () ->
                    new VectorsException(
                        "no vector of \"%s\"; is it spelled as the %,d words are, in small letters?"
                            .formatted(word, vectors.size()))));
  }

  /// The nearest words of a word, without itself.
  ///
  /// @throws VectorsException if it has no vector
  public List<Scored> of(String word, int count) {
    return of(unit(word), count, Set.of(word));
  }

  /// The nearest words of a vector (D).
  ///
  /// @param without words that are no answer
  public List<Scored> of(float[] vector, int count, Set<String> without) {
    if (vector.length != vectors.dimension() || count < 1) {
      throw new VectorsException(
          "neighbors: expected a vector of %d numbers and a count from 1, got %d and %d; take those"
                  .formatted(vectors.dimension(), vector.length, count)
              + " of the same file");
    }
    var worstFirst = Comparator.comparingDouble(Place::similarity).thenComparing(BY_PLACE);
    var best = new PriorityQueue<Place>(worstFirst);
    var query = KERNELS.memory().floats(vector.length);
    query.write(unit(vector));
    for (int b = 0; b < blocks.size(); b++) {
      float[] similarities = similarities(blocks.get(b), query);
      for (int i = 0; i < similarities.length; i++) {
        int at = b * rowsOfBlock + i;
        boolean better = best.size() < count || similarities[i] > worst(best);
        if (better && !without.contains(vectors.words().get(at))) {
          best.add(new Place(at, similarities[i]));
          if (best.size() > count) {
            best.poll();
          }
        }
      }
    }
    return best.stream()
        .sorted(worstFirst.reversed())
        .map(place -> new Scored(vectors.words().get(place.at), place.similarity))
        .toList();
  }

  private static final Comparator<Place> BY_PLACE =
      Comparator.comparingInt(Place::at).reversed(); // of equals the first word is the best

  private record Place(int at, double similarity) {}

  private static double worst(PriorityQueue<Place> best) {
    var worst = best.peek();
    return worst == null ? Double.NEGATIVE_INFINITY : worst.similarity;
  }

  private float[] similarities(Floats block, Floats query) {
    int d = vectors.dimension();
    int rows = block.length() / d;
    var out = KERNELS.memory().floats(rows);
    KERNELS.products().matmul(query, block, out, Products.Size.of(1, d, rows).transposingB());
    float[] similarities = new float[rows];
    out.read(similarities);
    return similarities;
  }

  /// How alike two words are, from −1 to 1.
  ///
  /// @throws VectorsException if one has no vector
  public double similarity(String one, String other) {
    return dot(unit(one), unit(other));
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (double) a[d] * b[d];
    }
    return sum;
  }

  /// What is to `c` as `b` is to `a`: `analogy("man", "king", "woman", 1)`; none of the three.
  ///
  /// @throws VectorsException if one has no vector
  public List<Scored> analogy(String a, String b, String c, int count) {
    float[] wanted = unit(b);
    float[] minus = unit(a);
    float[] plus = unit(c);
    for (int d = 0; d < wanted.length; d++) {
      wanted[d] += plus[d] - minus[d];
    }
    return of(wanted, count, Set.of(a, b, c));
  }

  /// The word that is least like the mean of all of them.
  ///
  /// @throws VectorsException if one has no vector, or there are fewer than three
  public Scored leastLike(List<String> words) {
    if (words.size() < 3) {
      throw new VectorsException(
          "expected three words or more, of which one does not match, got %d; name more"
              .formatted(words.size()));
    }
    var units = words.stream().map(this::unit).toList();
    float[] mean = new float[vectors.dimension()];
    for (float[] unit : units) {
      for (int d = 0; d < mean.length; d++) {
        mean[d] += unit[d];
      }
    }
    float[] middle = unit(mean);
    return IntStream.range(0, units.size())
        .mapToObj(i -> new Scored(words.get(i), dot(units.get(i), middle)))
        .min(Comparator.comparingDouble(Scored::similarity))
        .orElseThrow();
  }
}
