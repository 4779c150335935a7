package sequor.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.kernels.Parallel;
import sequor.speed.MatrixProduct.Layout;

class PeakTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aProductHasAShare(int threads) {
    int before = Parallel.threads();
    Parallel.threads(threads);
    try {
      var products = MatrixProduct.everyLayout(5, 7, 3);
      Peak.warmUp(products, Duration.ofMillis(1));
      assertThat(products).allSatisfy(product -> assertShare(Peak.share(product, 1), product));
    } finally {
      Parallel.threads(before);
    }
  }

  private static void assertShare(ProductShare share, MatrixProduct product) {
    assertThat(share.product()).isEqualTo(product);
    assertThat(share.threads()).isEqualTo(Parallel.threads());
    assertThat(share.gigaflops()).isPositive();
    assertThat(share.peakGigaflops()).isPositive();
    double only = share.gigaflops() / share.peakGigaflops();
    assertThat(share.share()).isEqualTo(new Spread(only, only, only));
    assertThat(share.cores()).isNotNegative();
  }

  @Test
  void productsByTheirSizes() {
    var products = MatrixProduct.everyLayout(5, 7, 3);

    assertThat(products)
        .extracting(MatrixProduct::layout)
        .containsExactly(Layout.NN, Layout.NT, Layout.TN, Layout.TT);
    assertThat(products).allMatch(product -> product.operations() == 2 * 5 * 7 * 3);
  }

  @Test
  void theFirstRowIsThatOfTheFactors() {
    var product = new MatrixProduct(2, 3, 2, Layout.NN);
    float[] a = product.factors()[0];
    float[] b = product.factors()[1];

    assertThat(product.firstRow())
        .containsExactly(
            new float[] {
              a[0] * b[0] + a[1] * b[3], a[0] * b[1] + a[1] * b[4], a[0] * b[2] + a[1] * b[5]
            },
            within(1e-6f));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 7, 3, 'm: expected 1 or more, found 0'",
    "5, -7, 3, 'n: expected 1 or more, found -7'",
    "5, 7, 0, 'k: expected 1 or more, found 0'",
    "50000, 7, 60000, 'k: expected tensors of 2147483583 numbers at most, found one of m 50000 × k'",
    "5, 70000, 60000, 'n: expected tensors of 2147483583 numbers at most, found one of k 60000 × n'",
    "50000, 70000, 3, 'n: expected tensors of 2147483583 numbers at most, found one of m 50000 × n'"
  })
  void productsThatNoMemoryHolds(int m, int n, int k, String message) {
    assertThatThrownBy(() -> new MatrixProduct(m, n, k, Layout.NN)).hasMessageStartingWith(message);
  }

  @Test
  void thereIsOneTurnOrMore() {
    var product = new MatrixProduct(5, 7, 3, Layout.NN);
    assertThatThrownBy(() -> Peak.share(product, 0)).hasMessageStartingWith("rounds: ");
  }
}
