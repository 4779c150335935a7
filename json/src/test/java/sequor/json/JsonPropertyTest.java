package sequor.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What holds for any value and any input.
class JsonPropertyTest {
  /// What a mutation puts in: the grammar's own pieces get further than random bytes do.
  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\\u",
    "d83d",
    "1e",
    "-",
    ".",
    "null",
    "tru",
    "é",
    "\n",
    "\0",
    "\ud83d",
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
  };

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void everyValueReadsBack(@ForAll("values") Json value) {
    assertThat(Json.parse(value.toString())).isEqualTo(value);
    assertThat(Json.parse(value.pretty())).isEqualTo(value);
    assertThat(Json.parse(value.toString().getBytes(StandardCharsets.UTF_8), "x")).isEqualTo(value);
  }

  @Property
  void doublesReadBackToTheSameBits(@ForAll double value) {
    var read = (JsonNumber) Json.parse(Json.of(value).toString());

    assertThat(read.doubleValue()).isEqualTo(value);
  }

  @Property
  void floatsReadBackToTheSameBits(@ForAll float value) {
    var read = (JsonNumber) Json.parse(Json.of(value).toString());

    assertThat(read.floatValue()).isEqualTo(value);
  }

  @Property
  void longsReadBack(@ForAll long value) {
    var read = (JsonNumber) Json.parse(Json.of(value).toString());

    assertThat(read.wholeValue()).hasValue(value);
  }

  @Property(tries = 2000)
  void randomBytesAreReadOrRefused(@ForAll byte[] bytes) {
    readOrRefuse(bytes);
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void mutatedDocumentsAreReadOrRefused(@ForAll("values") Json value, @ForAll long seed) {
    var random = new Random(seed);
    var text = new StringBuilder(value.toString());
    for (int i = 0; i <= random.nextInt(4); i++) {
      int from = random.nextInt(text.length() + 1);
      int to = Math.min(text.length(), from + random.nextInt(4));
      text.replace(from, to, PIECES[random.nextInt(PIECES.length)]);
    }
    text.setLength(random.nextInt(8) == 0 ? random.nextInt(text.length() + 1) : text.length());
    readOrRefuse(text.toString());
  }

  private static void readOrRefuse(byte[] bytes) {
    try {
      Json read = Json.parse(bytes, "fuzz");
      assertThat(Json.parse(read.toString())).isEqualTo(read);
    } catch (JsonException e) {
      assertThat(e).hasMessageStartingWith("fuzz:");
    }
  }

  private static void readOrRefuse(String text) {
    try {
      Json read = Json.parse(text, "fuzz");
      assertThat(Json.parse(read.toString())).isEqualTo(read);
    } catch (JsonException e) {
      assertThat(e).hasMessageStartingWith("fuzz:");
    }
  }

  @Provide
  Arbitrary<Json> values() {
    return values(4);
  }

  private static Arbitrary<Json> values(int depth) {
    var texts = texts().map(Json::of);
    var numbers =
        Arbitraries.oneOf(
            Arbitraries.doubles().map(Json::of),
            Arbitraries.longs().map(Json::of),
            Arbitraries.bigDecimals().map(Json::of));
    Arbitrary<Json> words = Arbitraries.of(JsonBool.TRUE, JsonBool.FALSE, JsonNull.NULL);
    if (depth == 0) {
      return Arbitraries.oneOf(texts, numbers, words);
    }
    var inner = values(depth - 1);
    Arbitrary<Json> arrays = inner.list().ofMaxSize(4).map(Json::ofList);
    Arbitrary<Json> objects =
        Arbitraries.maps(texts(), inner)
            .ofMaxSize(4)
            .map(map -> Json.ofMap(new LinkedHashMap<>(map)));
    return Arbitraries.oneOf(texts, numbers, words, arrays, objects);
  }

  /// Texts of whole characters from all of Unicode.
  private static Arbitrary<String> texts() {
    return Arbitraries.integers()
        .between(0, Character.MAX_CODE_POINT)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .list()
        .ofMaxSize(8)
        .map(
            list -> {
              var text = new StringBuilder();
              list.forEach(text::appendCodePoint);
              return text.toString();
            });
  }
}
