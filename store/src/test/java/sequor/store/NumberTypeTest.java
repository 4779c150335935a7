package sequor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTypeTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    // the numbers 1, -2.5 and 65504 or its nearest
    "F64, 65504, 000000000000f03f 00000000000004c0 0000000000fcef40",
    "F32, 65504, 0000803f 000020c0 00e07f47",
    "F16, 65504, 003c 00c1 ff7b",
    "BF16, 65536, 803f 20c0 8047",
  })
  void floatsBecomeFloat32(String dtype, float last, String data) {
    try (var file = one(dtype, 3, data)) {
      assertThat(file.tensor("t").toArray()).containsExactly(1, -2.5f, last);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "I64, 0100000000000000 ffffffffffffffff ffffff7f00000000",
    "I32, 01000000 ffffffff ffffff7f"
  })
  void wholeNumbersBecomeIds(String dtype, String data) {
    try (var file = one(dtype, 3, data)) {
      assertThat(file.ids("t").toArray()).containsExactly(1, -1, Integer.MAX_VALUE);
    }
  }

  @Test
  void aDoubleBeyondFloat32IsRefused() {
    try (var file = one("F64", 1, "000000000000f07e")) { // beyond 3.4e38
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> file.tensor("t"))
          .withMessageContaining(
              "t: expected numbers that float32 holds (3.4e38 at most), got 2.74");
    }
    try (var file = one("F64", 1, "000000000000f07f")) {
      assertThat(file.tensor("t").toArray()).containsExactly(Float.POSITIVE_INFINITY);
    }
  }

  @Test
  void refusesIdsBeyond32Bits() {
    try (var file = one("I64", 1, "0000008000000000")) { // 2^31
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> file.ids("t"))
          .withMessageContaining("t: expected whole numbers of 32 bits, got a larger one");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"I64", "U64", "I16", "BOOL", "F8_E4M3"})
  void refusesToReadOthersAsFloats(String dtype) {
    var type = NumberType.valueOf(dtype);
    try (var file = one(dtype, 1, "00".repeat(type.bytes()))) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> file.tensor("t"))
          .withMessageContaining("t: expected floats (F32, F16, BF16, F64), got " + dtype);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"F32", "U64", "BOOL"})
  void refusesToReadOthersAsIds(String dtype) {
    var type = NumberType.valueOf(dtype);
    try (var file = one(dtype, 1, "00".repeat(type.bytes()))) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> file.ids("t"))
          .withMessageContaining("t: expected whole numbers (I32, I64), got " + dtype);
    }
  }

  private Safetensors one(String dtype, int size, String data) {
    byte[] bytes = Raw.hex(data);
    String entry = Raw.entry("t", dtype, "[" + size + "]", "[0," + bytes.length + "]");
    return Safetensors.open(Raw.file(folder, "{" + entry + "}", bytes));
  }
}
