package sequor.vectors;

import java.util.ArrayList;
import java.util.List;

/// Words on a plane: the two directions in which their vectors differ most (principal component
/// analysis).
///
/// ```
/// v ← Xᵀ(X·v), made to stand at right angles to those before and of length 1, again and again
/// ```
///
/// X holds the vectors without their mean. The larger part of a direction points to the right, so
/// that a picture is the same each time.
///
/// @param places of the words, in their order
/// @param shares of all variance that the directions have, from 0 to 1
public record Projection(List<Place> places, List<Double> shares) {
  private static final int TURNS = 300;
  private static final int DIRECTIONS = 2;

  public Projection {
    places = List.copyOf(places);
    shares = List.copyOf(shares);
  }

  /// Where a word lies.
  public record Place(String word, double x, double y) {}

  /// The words on the plane of their own differences.
  ///
  /// @throws VectorsException if there are fewer than three, or one has no vector
  public static Projection of(WordVectors vectors, List<String> words) {
    if (words.size() < 3) {
      throw new VectorsException(
          "projection: expected three words or more, got %d; name more".formatted(words.size()));
    }
    double[][] x = centered(words.stream().map(word -> vector(vectors, word)).toList());
    var directions = new ArrayList<double[]>();
    var shares = new ArrayList<Double>();
    double all = 0;
    for (double[] row : x) {
      all += dot(row, row);
    }
    for (int i = 0; i < DIRECTIONS; i++) {
      double[] direction = direction(x, directions, all);
      directions.add(direction);
      double variance = 0;
      for (double[] row : x) {
        variance += Math.pow(dot(row, direction), 2);
      }
      shares.add(all == 0 ? 0 : variance / all);
    }
    var places = new ArrayList<Place>();
    for (int i = 0; i < x.length; i++) {
      places.add(
          new Place(words.get(i), dot(x[i], directions.get(0)), dot(x[i], directions.get(1))));
    }
    return new Projection(places, shares);
  }

  private static float[] vector(WordVectors vectors, String word) {
    return vectors
        .vector(word)
        .orElseThrow(
            () ->
                new VectorsException(
                    "projection: expected words that have a vector, got \"%s\"; leave it out"
                        .formatted(word)));
  }

  private static double[][] centered(List<float[]> rows) {
    int d = rows.getFirst().length;
    double[] mean = new double[d];
    for (float[] row : rows) {
      for (int k = 0; k < d; k++) {
        mean[k] += row[k] / rows.size();
      }
    }
    double[][] x = new double[rows.size()][d];
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < d; k++) {
        x[i][k] = rows.get(i)[k] - mean[k];
      }
    }
    return x;
  }

  private static double[] direction(double[][] x, List<double[]> before, double all) {
    int d = x[0].length;
    double[] v = new double[d];
    for (int k = 0; k < d; k++) {
      v[k] = Math.sin(1 + k + (double) d * before.size()); // no direction in particular
    }
    for (int turn = 0; turn < TURNS; turn++) {
      double[] next = new double[d];
      for (double[] row : x) {
        double along = dot(row, v);
        for (int k = 0; k < d; k++) {
          next[k] += along * row[k];
        }
      }
      for (double[] other : before) {
        double along = dot(next, other);
        for (int k = 0; k < d; k++) {
          next[k] -= along * other[k];
        }
      }
      double length = Math.sqrt(dot(next, next));
      if (length <= 1e-12 * all) {
        return new double[d]; // all lie on what there is already
      }
      for (int k = 0; k < d; k++) {
        v[k] = next[k] / length;
      }
    }
    return turned(v);
  }

  private static double[] turned(double[] v) {
    double largest = 0;
    for (double number : v) {
      largest = Math.abs(number) > Math.abs(largest) ? number : largest;
    }
    for (int k = 0; largest < 0 && k < v.length; k++) {
      v[k] = -v[k];
    }
    return v;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }
}
