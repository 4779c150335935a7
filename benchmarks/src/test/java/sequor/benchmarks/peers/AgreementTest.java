package sequor.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Times are compared only where the same is computed.
class AgreementTest {
  private static final Seat SEQUOR = new Seat(Entrant.SEQUOR, 1);
  private static final Seat OPENBLAS = new Seat(Entrant.OPENBLAS, 1);
  private static final Seat MKL = new Seat(Entrant.MKL, 2);
  private static final Seat PACKED = new Seat(Entrant.OPENBLAS_PACKED, 1);

  private final Agreement agreement = new Agreement(Rows.named("generator"));

  @Test
  void roundingIsNoDisagreement() {
    agreement.check(SEQUOR, new float[] {4.38f, 380, 0});
    assertThatCode(() -> agreement.check(OPENBLAS, new float[] {4.3801f, 380.01f, 1e-6f}))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(floats = {4.41f, 4.35f, Float.NaN, Float.POSITIVE_INFINITY})
  void anotherNumberIsOne(float other) {
    agreement.check(SEQUOR, new float[] {4, 4.375f});
    assertThatThrownBy(() -> agreement.check(MKL, new float[] {4, other}))
        .isInstanceOf(Agreement.Disagreement.class)
        .hasMessage(
            "generator: expected all to compute the same, found 4.375 as number 1 from Sequor with 1"
                + " thread and "
                + other
                + " from libtorch, MKL with 2 threads; their times are not compared");
  }

  @Test
  void oneWithoutEndIsComparedToo() {
    agreement.check(SEQUOR, new float[] {Float.NaN});
    assertThatThrownBy(() -> agreement.check(MKL, new float[] {Float.NaN}))
        .hasMessageContaining("NaN");
  }

  @Test
  void asManyNumbersAreExpected() {
    agreement.check(SEQUOR, new float[] {4, 5});
    assertThatThrownBy(() -> agreement.check(MKL, new float[] {4}))
        .hasMessageContaining("found 2 numbers from Sequor")
        .hasMessageContaining("1 numbers from libtorch, MKL");
  }

  @Test
  void whoHasNothingToCompareIsLetBe() {
    agreement.check(SEQUOR, new float[] {4});
    assertThatCode(() -> agreement.check(new Seat(Entrant.DL4J, 1), new float[0]))
        .doesNotThrowAnyException();
  }

  @Test
  void whoComputesThePaddingIsComparedWithHisLike() {
    var lengths = new Agreement(Rows.named("sentiment-lengths"));
    lengths.check(SEQUOR, new float[] {1});
    lengths.check(OPENBLAS, new float[] {2});
    lengths.check(MKL, new float[] {2});
    lengths.check(PACKED, new float[] {1});
    assertThatThrownBy(() -> lengths.check(MKL, new float[] {1}))
        .hasMessageContaining("2.0 as number 0 from libtorch, OpenBLAS with 1 thread");
    assertThatThrownBy(() -> lengths.check(PACKED, new float[] {2}))
        .hasMessageContaining("libtorch, OpenBLAS (packed) with 1 thread");
  }
}
