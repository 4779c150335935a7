package sequor.tasks.forecast;

/// Sums of products over all windows of a stretch, of which least squares need nothing else.
///
/// A window v is L numbers read and H numbers to be said, one behind the other. Neighbouring
/// windows share all numbers but one, so a diagonal of the table follows from its first entry:
///
/// ```
/// S[i][j] = Σ_t v_t[i] · v_t[j]
/// S[i+1][j+1] = S[i][j] − v[i]·v[j] of the first window + v[i+1]·v[j+1] of the last
/// ```
///
/// which takes O(N·(L+H) + (L+H)²) steps for N windows, not O(N·(L+H)²).
final class Moments {
  private final int size; // L + H
  private final double[][] products; // (L+H, L+H)
  private final double[] sums; // (L+H)
  private double count;

  Moments(int size) {
    this.size = size;
    this.products = new double[size][size];
    this.sums = new double[size];
  }

  int size() {
    return size;
  }

  double count() {
    return count;
  }

  double product(int i, int j) {
    return products[i][j];
  }

  double sum(int i) {
    return sums[i];
  }

  /// Adds the windows that begin at `from`, `from` + 1, … before `to`.
  void add(float[] values, int from, int to) {
    int windows = to - from;
    if (windows <= 0) {
      return;
    }
    count += windows;
    for (int i = 0; i < size; i++) {
      for (int t = from; t < to; t++) {
        sums[i] += values[t + i];
      }
    }
    for (int lag = 0; lag < size; lag++) {
      double product = 0;
      for (int t = from; t < to; t++) {
        product += (double) values[t] * values[t + lag];
      }
      for (int i = 0; i + lag < size; i++) {
        products[i][i + lag] += product;
        products[i + lag][i] = products[i][i + lag];
        product +=
            i + lag + 1 == size
                ? 0
                : (double) values[to + i] * values[to + i + lag]
                    - (double) values[from + i] * values[from + i + lag];
      }
    }
  }

  /// Adds those of others.
  void add(Moments other) {
    count += other.count;
    for (int i = 0; i < size; i++) {
      sums[i] += other.sums[i];
      for (int j = 0; j < size; j++) {
        products[i][j] += other.products[i][j];
      }
    }
  }
}
