package sequor.tasks.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RidgeTest {
  private static final int READ = 8;
  private static final int SAID = 3;
  private static final int SEASON = 4;

  private static float[] series(int length) {
    var random = new SplittableRandom(11);
    float[] values = new float[length];
    for (int t = 0; t < length; t++) {
      double before = t == 0 ? 0 : values[t - 1];
      values[t] = (float) (0.6 * before + random.nextDouble(-1, 1) + Math.sin(t * Math.PI / 2));
    }
    return values;
  }

  private static Moments moments(float[] values, int from, int to) {
    var moments = new Moments(READ + SAID);
    moments.add(values, from, to);
    return moments;
  }

  @Test
  void momentsAreSumsOfProducts() {
    float[] values = series(40);
    var moments = moments(values, 3, 25);
    var twice = moments(values, 3, 10);
    twice.add(moments(values, 10, 25));
    twice.add(values, 5, 5); // none

    assertThat(moments.count()).isEqualTo(22);
    for (int i = 0; i < READ + SAID; i++) {
      double sum = 0;
      for (int t = 3; t < 25; t++) {
        sum += values[t + i];
      }
      assertThat(moments.sum(i)).isEqualTo(sum, within(1e-9));
      for (int j = 0; j < READ + SAID; j++) {
        double product = 0;
        for (int t = 3; t < 25; t++) {
          product += (double) values[t + i] * values[t + j];
        }
        assertThat(moments.product(i, j)).isEqualTo(product, within(1e-9));
        assertThat(twice.product(i, j)).isEqualTo(product, within(1e-9));
      }
    }
  }

  @Test
  void aSystemIsSolved() {
    double[][] a = {{4, 1, 0}, {1, 3, 1}, {0, 1, 2}};
    double[][] sides = {{1, 2, 3}, {0, 0, 1}};
    double[][] x = {sides[0].clone(), sides[1].clone()};
    new Cholesky(a, 0.5).solve(x);

    for (int side = 0; side < 2; side++) {
      for (int i = 0; i < 3; i++) {
        double sum = 0.5 * x[side][i];
        for (int j = 0; j < 3; j++) {
          sum += a[i][j] * x[side][j];
        }
        assertThat(sum).isEqualTo(sides[side][i], within(1e-12));
      }
    }
  }

  private static double[] said(LinearMap map, float[] values, int begin) {
    double[] said = map.bias().clone();
    for (int h = 0; h < SAID; h++) {
      for (int j = 0; j < READ; j++) {
        said[h] += map.weight()[h][j] * values[begin + j];
      }
    }
    return said;
  }

  private static double squares(LinearMap map, float[] values, int from, int to) {
    double sum = 0;
    for (int t = from; t < to; t++) {
      double[] said = said(map, values, t);
      for (int h = 0; h < SAID; h++) {
        double error = said[h] - values[t + READ + h];
        sum += error * error;
      }
    }
    return sum;
  }

  /// With a great penalty the base is said; with a small one no other map errs less.
  @ParameterizedTest
  @EnumSource
  void theLeastSquaredErrorIsFound(Ridge.Base base) {
    float[] values = series(200);
    int windows = 200 - READ - SAID + 1;
    var moments = moments(values, 0, windows);
    var prepared = new Ridge(base, READ, SAID, SEASON).of(moments);

    var stiff = prepared.solve(1e12);
    double[] said = said(stiff, values, 20);
    for (int h = 0; h < SAID; h++) {
      double mean = 0; // what the base leaves
      for (int t = 0; t < windows; t++) {
        mean += (values[t + READ + h] - base(base, values, t, h)) / windows;
      }
      assertThat(said[h]).isEqualTo(base(base, values, 20, h) + mean, within(1e-6));
    }

    var free = prepared.solve(1e-9);
    double least = squares(free, values, 0, windows);
    assertThat(free.squares(moments)).isEqualTo(least, within(1e-6 * least));
    assertThat(least).isLessThan(squares(stiff, values, 0, windows));
    var random = new SplittableRandom(2);
    for (int i = 0; i < 50; i++) {
      var other =
          new LinearMap(
              Arrays.stream(free.weight()).map(double[]::clone).toArray(double[][]::new),
              free.bias().clone());
      int h = random.nextInt(SAID);
      int j = random.nextInt(READ);
      other.weight()[h][j] += 0.01; // a row stays 1 together
      other.weight()[h][(j + 3) % READ] -= 0.01;
      other.bias()[h] += random.nextDouble(-0.01, 0.01);
      assertThat(squares(other, values, 0, windows)).isGreaterThan(least);
    }
  }

  private static double base(Ridge.Base base, float[] values, int begin, int h) {
    if (base == Ridge.Base.LAST) {
      return values[begin + READ - 1];
    }
    double level = 0;
    double mean = 0;
    double phase = 0;
    for (int j = 0; j < READ; j++) {
      mean += values[begin + j] / READ;
      level += j >= READ - SEASON ? values[begin + j] / SEASON : 0;
      phase += j % SEASON == h % SEASON ? values[begin + j] / (READ / SEASON) : 0;
    }
    return level + phase - mean;
  }

  @Test
  void aCommitteeSaysTheMean() {
    double[][] one = {{1, 2}};
    double[][] other = {{3, 6}};
    var mean =
        LinearMap.mean(
            List.of(new LinearMap(one, new double[] {1}), new LinearMap(other, new double[] {3})));

    assertThat(mean.weight()[0]).containsExactly(2, 4);
    assertThat(mean.bias()).containsExactly(2);
  }

  @Test
  void whatIsLinearIsGoneOnWithExactly() {
    float[] values = new float[120];
    for (int t = 0; t < values.length; t++) {
      values[t] = t + 3 * (t % SEASON);
    }
    var model =
        new ForecastModel(
            READ,
            SAID,
            0,
            SEASON,
            ForecastModel.Scaling.NONE,
            ForecastModel.Linear.RIDGE,
            false,
            ForecastModel.Loss.MSE,
            0.9,
            List.of(),
            false,
            0);
    var committee =
        new Committee(model, List.of(moments(values, 0, 60)), List.of(moments(values, 60, 80)));
    double[] said = said(committee.maps().getFirst(), values, 100);
    for (int h = 0; h < SAID; h++) {
      assertThat(said[h]).isEqualTo(values[100 + READ + h], within(0.05));
    }
  }
}
