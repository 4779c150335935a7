package sequor.tasks.forecast;

import java.util.Arrays;

/// Linear maps with the least squared error, drawn towards something simple.
///
/// ```
/// ŷ = base(x) + W·(x − level(x)) + b
/// min Σ |y − ŷ|² + λ·trace·|W|²
/// ```
///
/// With λ = ∞ what is said is the base alone: the last number ([Base#LAST], which makes it NLinear
/// of Zeng et al. 2023 with a penalty), or how the seasons that are read went in the mean, at the
/// height of the last one ([Base#SEASON]). Both are linear in x, so the whole is one [LinearMap].
///
/// Source: Hoerl and Kennard, *Ridge regression* (1970).
final class Ridge {
  /// What is said where nothing was learned.
  enum Base {
    LAST,
    SEASON
  }

  private final Base base;
  private final int read; // L
  private final int horizon; // H
  private final int season; // m

  Ridge(Base base, int read, int horizon, int season) {
    this.base = base;
    this.read = read;
    this.horizon = horizon;
    this.season = season;
  }

  /// Whether the seasons that are read are two or more.
  static boolean hasSeasons(int read, int season) {
    return season > 1 && read >= 2 * season;
  }

  /// How much each number counts for the level.
  private double[] level() {
    double[] level = new double[read];
    int last = base == Base.LAST ? 1 : season;
    Arrays.fill(level, read - last, read, 1.0 / last);
    return level;
  }

  /// How much each number counts for the base of each step. // (H,L)
  private double[][] base() {
    double[][] all = new double[horizon][];
    int seasons = read / season;
    for (int h = 0; h < horizon; h++) {
      all[h] = level();
      for (int k = 1; k <= seasons && base == Base.SEASON; k++) {
        int begin = read - k * season;
        for (int j = begin; j < begin + season; j++) {
          all[h][j] -= 1.0 / (seasons * season);
        }
        all[h][begin + h % season] += 1.0 / seasons;
      }
    }
    return all;
  }

  /// What can be solved with any penalty.
  final class Prepared {
    private final double[] level = level();
    private final double[][] base = base();
    private final double[] meanZ = new double[read];
    private final double[] meanR = new double[horizon];
    private final double[][] zz = new double[read][read]; // centred
    private final double[][] rz = new double[horizon][read];

    private Prepared(Moments m) {
      double[] toLevel = new double[read]; // Σ x_i · level
      double levels = 0; // Σ level²
      double levelSum = 0;
      for (int i = 0; i < read; i++) {
        for (int j = read - lastSteps(); j < read; j++) {
          toLevel[i] += m.product(i, j) * level[j];
        }
        levelSum += m.sum(i) * level[i];
      }
      for (int i = 0; i < read; i++) {
        levels += toLevel[i] * level[i];
      }
      double n = Math.max(1, m.count());
      for (int i = 0; i < read; i++) {
        meanZ[i] = (m.sum(i) - levelSum) / n;
        for (int j = 0; j < read; j++) {
          zz[i][j] = m.product(i, j) - toLevel[i] - toLevel[j] + levels;
        }
      }
      double[] based = new double[read]; // Σ x_i · base_h
      for (int h = 0; h < horizon; h++) {
        Arrays.fill(based, 0);
        double sum = m.sum(read + h);
        for (int j = 0; j < read; j++) {
          if (base[h][j] == 0) {
            continue;
          }
          sum -= base[h][j] * m.sum(j);
          for (int i = 0; i < read; i++) {
            based[i] += base[h][j] * m.product(i, j);
          }
        }
        meanR[h] = sum / n;
        double levelR = 0; // Σ level · r
        for (int i = 0; i < read; i++) {
          based[i] = m.product(i, read + h) - based[i];
          levelR += level[i] * based[i];
        }
        for (int i = 0; i < read; i++) {
          rz[h][i] = based[i] - levelR - n * meanR[h] * meanZ[i];
        }
      }
      for (int i = 0; i < read; i++) {
        for (int j = 0; j < read; j++) {
          zz[i][j] -= n * meanZ[i] * meanZ[j];
        }
      }
    }

    private int lastSteps() {
      return Ridge.this.base == Base.LAST ? 1 : season;
    }

    /// The map with that penalty.
    LinearMap solve(double lambda) {
      double trace = 0;
      for (int i = 0; i < read; i++) {
        trace += zz[i][i];
      }
      double ridge = Math.max(lambda * trace / read, 1e-9);
      double[][] weight = new double[horizon][];
      for (int h = 0; h < horizon; h++) {
        weight[h] = rz[h].clone();
      }
      new Cholesky(zz, ridge).solve(weight);
      double[] bias = new double[horizon];
      for (int h = 0; h < horizon; h++) {
        double sum = 0;
        bias[h] = meanR[h];
        for (int j = 0; j < read; j++) {
          bias[h] -= weight[h][j] * meanZ[j];
          sum += weight[h][j];
        }
        for (int j = 0; j < read; j++) {
          weight[h][j] += base[h][j] - sum * level[j];
        }
      }
      return new LinearMap(weight, bias);
    }
  }

  /// Of windows that are known by their moments.
  Prepared of(Moments moments) {
    return new Prepared(moments);
  }
}
