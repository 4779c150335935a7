package sequor.vectors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.IntStream;
import sequor.kernels.Floats;
import sequor.kernels.Kernels;
import sequor.kernels.Parallel;
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
  private static final int TOGETHER = 1 << 22; // similarities in memory, if there are many queries

  private final WordVectors vectors;
  private final List<Floats> blocks = new ArrayList<>(); // (rows,D) each, of length 1
  private final int rowsOfBlock;

  /// A word and how like it is, from −1 to 1.
  public record Scored(String word, double similarity) {}

  /// Whose nearest words are sought.
  ///
  /// @param vector (D)
  /// @param without words that are no answer
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  public record Query(float[] vector, Set<String> without) {
    public Query {
      without = Set.copyOf(without);
    }
  }

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
    return of(List.of(new Query(vector, without)), count).getFirst();
  }

  /// The nearest words of each of many vectors, which is several times as fast as one after the
  /// other.
  public List<List<Scored>> of(List<Query> queries, int count) {
    int d = vectors.dimension();
    for (var query : queries) {
      if (query.vector.length != d || count < 1) {
        throw new VectorsException(
            "neighbors: expected a vector of %d numbers and a count from 1, got %d and %d; take those"
                    .formatted(d, query.vector.length, count)
                + " of the same file");
      }
    }
    int rows = Math.clamp(vectors.size(), 1, rowsOfBlock);
    int together = Math.max(1, TOGETHER / rows);
    var found = new ArrayList<List<Scored>>();
    for (int from = 0; from < queries.size(); from += together) {
      int to = Math.min(queries.size(), from + together);
      found.addAll(together(queries.subList(from, to), count));
    }
    return found;
  }

  private List<List<Scored>> together(List<Query> queries, int count) {
    int d = vectors.dimension();
    float[] units = new float[queries.size() * d];
    var nearest = new ArrayList<Nearest>();
    for (int q = 0; q < queries.size(); q++) {
      System.arraycopy(unit(queries.get(q).vector), 0, units, q * d, d);
      nearest.add(new Nearest(queries.get(q).without, count));
    }
    var wanted = KERNELS.memory().floats(units.length);
    wanted.write(units);
    for (int b = 0; b < blocks.size(); b++) {
      var block = blocks.get(b);
      int first = b * rowsOfBlock;
      int rows = block.length() / d;
      float[] similarities = similarities(wanted, block, queries.size(), rows);
      Parallel.run(queries.size(), q -> nearest.get(q).take(similarities, q * rows, rows, first));
    }
    return nearest.stream().map(Nearest::words).toList();
  }

  /// Of each query with each row (Q,V).
  private float[] similarities(Floats queries, Floats block, int count, int rows) {
    var out = KERNELS.memory().floats(count * rows);
    var size = Products.Size.of(count, vectors.dimension(), rows).transposingB();
    KERNELS.products().matmul(queries, block, out, size);
    float[] similarities = new float[count * rows];
    out.read(similarities);
    return similarities;
  }

  private record Place(int at, double similarity) {}

  /// The best of what was seen so far; of equals the first word is the best.
  private final class Nearest {
    private static final Comparator<Place> WORST_FIRST =
        Comparator.comparingDouble(Place::similarity)
            .thenComparing(Comparator.comparingInt(Place::at).reversed());

    private final Set<String> without;
    private final int count;
    private final PriorityQueue<Place> best = new PriorityQueue<>(WORST_FIRST);

    Nearest(Set<String> without, int count) {
      this.without = without;
      this.count = count;
    }

    /// @param first the word of the first of the rows
    void take(float[] similarities, int from, int rows, int first) {
      double worst = worst();
      for (int i = 0; i < rows; i++) {
        float similarity = similarities[from + i];
        boolean better = best.size() < count || similarity > worst;
        if (better && !without.contains(vectors.words().get(first + i))) {
          best.add(new Place(first + i, similarity));
          if (best.size() > count) {
            best.poll();
          }
          worst = worst();
        }
      }
    }

    private double worst() {
      var worst = best.peek();
      return worst == null ? Double.NEGATIVE_INFINITY : worst.similarity;
    }

    List<Scored> words() {
      return best.stream()
          .sorted(WORST_FIRST.reversed())
          .map(place -> new Scored(vectors.words().get(place.at), place.similarity))
          .toList();
    }
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
    return of(List.of(analogy(a, b, c)), count).getFirst();
  }

  /// The query for what is to `c` as `b` is to `a`, for many to be answered together.
  ///
  /// @throws VectorsException if one has no vector
  public Query analogy(String a, String b, String c) {
    float[] wanted = unit(b);
    float[] minus = unit(a);
    float[] plus = unit(c);
    for (int d = 0; d < wanted.length; d++) {
      wanted[d] += plus[d] - minus[d];
    }
    return new Query(wanted, Set.copyOf(List.of(a, b, c))); // of which two may be the same
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
