package sequor.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {
  private static float parsed(String number) {
    byte[] bytes = ("[" + number + "]").getBytes(StandardCharsets.UTF_8);
    return Decimals.parse(bytes, 1, bytes.length - 1);
  }

  private static void assertAsTheJdk(String number) {
    assertThat(Float.floatToRawIntBits(parsed(number)))
        .as(number)
        .isEqualTo(Float.floatToRawIntBits(Float.parseFloat(number)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "-0.0",
        "+1.5",
        "1.",
        ".5",
        "1e-3",
        "1E+5",
        "0.1",
        "3.4028235e38",
        "1e-45",
        "1e-40",
        "1.17549435E-38",
        "16777217",
        "16777217.0000000001",
        "0.000000000000000000001",
        "123456789012345678901234567890",
        "8.589973e9",
        "1.00000017881393432617187499",
        "1.00000017881393432617187500",
        "1.00000017881393432617187501",
        "5e-324",
        "0e999999999"
      })
  void edgesAreRoundedAsTheJdkDoes(String number) {
    assertAsTheJdk(number);
  }

  @Test
  void allFloatsComeBackAndLongerNumbersAreRoundedAsTheJdkDoes() {
    var random = new Random(7);
    for (int i = 0; i < 200_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(value)) {
        assertAsTheJdk(Float.toString(value));
        assertAsTheJdk(Double.toString((double) value));
        double between = ((double) value + Math.nextUp(value)) / 2; // the middle of two floats
        if (Math.abs(between) < 3e38) {
          assertAsTheJdk(Double.toString(between));
        }
      }
      assertAsTheJdk(Double.toString(random.nextGaussian()));
      assertAsTheJdk(String.format(Locale.ROOT, "%.25f", random.nextGaussian()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+",
        ".",
        "-.",
        "e5",
        "1e",
        "1e+",
        "1e5.",
        "1.2.3",
        "nan",
        "NaN",
        "inf",
        "Infinity",
        "-inf",
        "1e39",
        "0x10",
        "1f",
        "1d",
        "1,5",
        "１",
        "--1",
        "1 "
      })
  void whatIsNoFiniteNumberIsNone(String number) {
    assertThat(parsed(number)).isNaN();
  }
}
