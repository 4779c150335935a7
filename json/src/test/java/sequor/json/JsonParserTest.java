package sequor.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonParserTest {
  @Test
  void readsEveryKind() {
    var json =
        Json.parse(" {\"a\": [1, -2.5e3, true, false, null, \"x\\u00e9\\n\\/\"], \"b\": {}} ");

    assertThat(json)
        .isEqualTo(
            Json.object()
                .with("a", Json.array(1, new JsonNumber("-2.5e3"), true, false, null, "xé\n/"))
                .with("b", Json.object()));
  }

  @Test
  void keepsTheOrderOfNames() {
    assertThat(Json.parseObject("{\"z\":1,\"a\":2,\"m\":3}", "order").names())
        .containsExactly("z", "a", "m");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "0.0",
        "10",
        "1e5",
        "1E+5",
        "1e-5",
        "-12.75",
        "\"\"",
        "[]",
        "{}",
        "[[]]",
        "null",
        "9223372036854775807",
        "1000000000000000019884624838656",
        "\"\\ud83d\\ude00\"",
        "\"😀\"",
        "\"\u2028\"",
        "\t[ ]\r\n"
      })
  void acceptsWhatTheStandardAllows(String text) {
    assertThat(Json.parse(Json.parse(text).toString())).isEqualTo(Json.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[",
        "]",
        "{",
        "}",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "01",
        "-",
        "+1",
        ".5",
        "1.",
        "1e",
        "1e+",
        "--1",
        "1.2.3",
        "0x10",
        "1_000",
        "NaN",
        "Infinity",
        "-Infinity",
        "nul",
        "True",
        "\"",
        "\"\\\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\u\uff11234\"",
        "\"\t\"",
        "\"\n\"",
        "1 1",
        "{} x",
        "// a\n1",
        "1e400",
        "-1e999999999",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ude00\\ud83d\"",
        "\"\ud800\"",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "\0",
        "1\0",
        "\ufeff1",
        "\u00a01"
      })
  void refusesEverythingElse(String text) {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.parse(text, "bad.json"))
        .withMessageMatching("(?s)bad\\.json:\\d+:\\d+: expected .*, got .*; .*");
  }

  @Test
  void saysWhereWhatAndHow() {
    assertError(
        "{\"a\": 1, 'b': 2}",
        "1:10: expected a name in double quotes, got '; "
            + "quote it, and end the object without a comma");
    assertError(
        "[1 2]",
        "1:4: expected a comma or ], got 2; close every bracket and quote that was opened");
    assertError(
        "{\"a\": 1, \"a\": 2}",
        "1:10: expected each name once, got \"; remove one of the two \"a\"");
    assertError("[1.]", "1:2: expected a number, got 1.; write it like -12, 0.5 or 1e-3");
    assertError("[NaN]", "1:2: expected a value, got N; write null where there is no number");
    assertError(
        "{\"a\": \"b",
        "1:9: expected a closing quote, got the end of the text; end the text with \"");
  }

  private static void assertError(String text, String message) {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.parse(text, "x"))
        .withMessage("x:" + message);
  }

  @Test
  void countsLinesAndColumns() {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.parse("{\n  \"a\": 1,\n  \"b\": ?\n}", "config.json"))
        .withMessageStartingWith("config.json:3:8: expected a value, got ?;");
  }

  @Test
  void refusesTooDeepATextAtOnce() {
    var open = "[".repeat(10_000_000);

    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.parse(open))
        .withMessageContaining("json:1:65: expected at most 64 nested arrays and objects");
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.parse("{\"a\":".repeat(1_000_000)));
  }

  @Test
  void readsTheDeepestTextThatIsAllowed() {
    var text = "[".repeat(Json.MAX_DEPTH) + "]".repeat(Json.MAX_DEPTH);

    assertThat(Json.parse(text)).hasToString(text);
    assertThatExceptionOfType(JsonException.class).isThrownBy(() -> Json.parse("[" + text + "]"));
  }

  @Test
  void boundsTheNumberOfValues() {
    var many = "[" + "true,".repeat(Json.MAX_VALUES) + "true]";

    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.parse(many))
        .withMessageContaining("at most " + Json.MAX_VALUES + " values");
  }

  @Test
  void readsUtf8Strictly() {
    assertThat(Json.parse("\"é😀\"".getBytes(StandardCharsets.UTF_8), "x"))
        .isEqualTo(new JsonText("é😀"));

    assertNotUtf8(1, '"', 0xff, '"');
    assertNotUtf8(1, '"', 0xc0, 0x80, '"'); // overlong zero
    assertNotUtf8(1, '"', 0xed, 0xa0, 0x80, '"'); // a surrogate
    assertNotUtf8(3, '"', 'a', 'b', 0xe2, 0x82); // cut off
  }

  private static void assertNotUtf8(int offset, int... bytes) {
    var utf8 = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      utf8[i] = (byte) bytes[i];
    }
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.parse(utf8, "x"))
        .withMessageMatching("x: expected UTF-8, got the byte 0x.. at offset " + offset + "; .*");
  }
}
