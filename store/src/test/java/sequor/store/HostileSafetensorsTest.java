package sequor.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that were damaged or made to harm: a clear error, and no large memory.
class HostileSafetensorsTest {
  private static final int DATA = 16;

  /// What opening a small file may allocate, JSON, messages and all.
  private static final long MEMORY = 4 << 20;

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource
  void refusesBadEntries(String entries, String message) {
    Path file = Raw.file(folder, "{" + entries + "}", DATA);

    assertRefused(file, message);
  }

  static Stream<Arguments> refusesBadEntries() {
    String whole = Raw.entry("a", "F32", "[4]", "[0,16]");
    return Stream.of(
        bad("F32", "[4]", "[0,12]", "a: expected 16 bytes for F32 (4), got 12"),
        bad("F32", "[3]", "[0,16]", "a: expected 12 bytes for F32 (3), got 16"),
        bad("F32", "[4]", "[0,17]", "a: expected data_offsets of a begin and an end within 16"),
        bad("F32", "[4]", "[16,0]", "a: expected data_offsets of a begin and an end"),
        bad("F32", "[4]", "[0]", "a: expected data_offsets of a begin and an end"),
        bad("F32", "[4]", "[0,8,16]", "a: expected data_offsets of a begin and an end"),
        bad("F32", "[4]", "[-1,15]", "a: expected data_offsets of a begin and an end"),
        bad("F32", "[4]", "[0,1e30]", "a.data_offsets[1]: expected a whole number"),
        bad("F32", "[4]", "[0,9223372036854775808]", "a.data_offsets[1]: expected a whole"),
        bad("F32", "[-4]", "[0,16]", "a: expected axes of 0 and more, got the shape [-4]"),
        bad("F32", "[-2,-2]", "[0,16]", "a: expected axes of 0 and more"),
        bad("F32", "[4.5]", "[0,16]", "a.shape[0]: expected a whole number"),
        bad("F32", "[4294967300]", "[0,16]", "a: expected at most 2147483639 numbers"),
        bad("F32", "[65536,65536]", "[0,16]", "a: expected at most 2147483639 numbers"),
        bad("F32", "[2147483647,2147483647,2147483647,4]", "[0,16]", "a: expected at most"),
        bad("F32", "[2147483647,2147483647,0]", "[0,16]", "a: expected at most"),
        bad("F32", "[" + "1,".repeat(40) + "4]", "[0,16]", "a: expected at most 32 axes, got 41"),
        bad("F32", "4", "[0,16]", "a.shape: expected an array, got 4"),
        bad("F99", "[4]", "[0,16]", "a: expected a dtype of [F64, F32,"),
        bad("f32", "[4]", "[0,16]", "a: expected a dtype of [F64, F32,"),
        Arguments.of("\"a\":{\"dtype\":\"F32\",\"shape\":[4]}", "a: expected a member \"data_off"),
        Arguments.of("\"a\":4", "a: expected an object, got 4"),
        Arguments.of(whole + "," + whole, "expected each name once"),
        Arguments.of(whole + ",\"__metadata__\":{\"n\":1}", "__metadata__.n: expected a text"),
        Arguments.of("\"a\":" + "[".repeat(1000), "expected at most 64 nested"),
        Arguments.of("", "expected 0 bytes of data, got 16"),
        two("[0,8]", "[4,12]", "b: expected its data at offset 8", "an overlap from 4"),
        two("[0,8]", "[0,8]", "b: expected its data at offset 8", "an overlap from 0"),
        two("[4,12]", "[12,16]", "a: expected its data at offset 0", "a gap up to 4"),
        two("[0,4]", "[8,16]", "b: expected its data at offset 4", "a gap up to 8"),
        two("[0,4]", "[4,8]", "expected 8 bytes of data, got 16", ""));
  }

  private static Arguments bad(String dtype, String shape, String offsets, String message) {
    return Arguments.of(Raw.entry("a", dtype, shape, offsets), message);
  }

  /// Two tensors whose shapes fit their offsets.
  private static Arguments two(String a, String b, String message, String got) {
    return Arguments.of(
        Raw.entry("a", "U8", shape(a), a) + "," + Raw.entry("b", "U8", shape(b), b),
        got.isEmpty() ? message : message + ", where the tensor before it ends, got " + got);
  }

  private static String shape(String offsets) {
    String[] ends = offsets.substring(1, offsets.length() - 1).split(",", -1);
    return "[" + (Integer.parseInt(ends[1]) - Integer.parseInt(ends[0])) + "]";
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "11, 11",
    "1000, 1000",
    "100000001, 100000001",
    "4294967298, 4294967298", // 2 in the lower half
    "9223372036854775807, 9223372036854775807",
    "-1, 18446744073709551615",
    "-9223372036854775808, 9223372036854775808"
  })
  void refusesBadHeaderLengths(long length, String shown) {
    assertRefused(
        Raw.file(folder, length, new byte[] {'{', '}'}, new byte[8]),
        "expected a header of 2 to 10 bytes (the file has 18), got " + shown);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7})
  void refusesFilesWithoutALength(int size) {
    assertRefused(Raw.file(folder, new byte[size]), "expected at least 8 bytes, got " + size);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"\"", "null", "{}}", "{'a':1}", "{\"a\":", "\0\0"})
  void refusesHeadersThatAreNoObject(String header) {
    assertRefused(Raw.file(folder, header, 0), "expected ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version https://git-lfs.github.com/spec/v1 | a pointer of Git LFS instead of the file",
        "<!DOCTYPE html><html>Not found</html>      | a web page; fetch the file that it shows",
        "GGUF and so on                             | a GGUF file; save the weights as safetensors",
        "PK\3\4 and so on                           | a zip archive, as .xlsx, .ods and .pt are too",
      })
  void namesWhatOftenLiesThereInstead(String content, String message) {
    assertRefused(
        Raw.file(folder, content.getBytes(ISO_8859_1)), "expected safetensors, got " + message);
  }

  @Test
  void acceptsMembersThatOthersNoted() {
    String entry = Raw.entry("a", "F32", "[4]", "[0,16]").replace("}", ",\"quantized\":false}");

    try (var file = Safetensors.open(Raw.file(folder, "{" + entry + "}", DATA))) {
      assertThat(file.names()).containsExactly("a");
    }
  }

  @Test
  void acceptsAnEmptyFile() {
    try (var file = Safetensors.open(Raw.file(folder, "{}", 0))) {
      assertThat(file.names()).isEmpty();
      assertThat(file.tensors()).isEqualTo(Map.of());
    }
  }

  @Test
  void acceptsTensorsOutOfOrderAndEmptyOnes() {
    String header =
        "{%s,%s,%s} "
            .formatted(
                Raw.entry("b", "U8", "[8]", "[8,16]"),
                Raw.entry("none", "F32", "[0,3]", "[8,8]"),
                Raw.entry("a", "F32", "[2]", "[0,8]"));

    try (var file = Safetensors.open(Raw.file(folder, header, DATA))) {
      assertThat(file.names()).containsExactly("b", "none", "a");
    }
  }

  private static void assertRefused(Path file, String message) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Safetensors.open(file).close())
        .withMessageStartingWith("raw.safetensors:")
        .withMessageContaining(message)
        .withMessageContaining("; ");
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MEMORY);
  }
}
