package sequor.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
  @Test
  void writesPlainValues() {
    var json =
        Json.object()
            .with("text", "a\"\\\n\u0001é😀")
            .with("whole", Long.MAX_VALUE)
            .with("float", 0.1f)
            .with("double", 0.1)
            .with("decimal", new BigDecimal("1E+5"))
            .with("flag", true)
            .with("none", null)
            .with("list", List.of(1, "b"))
            .with("ints", new int[] {1, 2})
            .with("map", Map.of("k", 'v'));

    assertThat(json)
        .hasToString(
            """
            {"text":"a\\"\\\\\\n\\u0001é😀","whole":9223372036854775807,"float":0.1,\
            "double":0.1,"decimal":1E+5,"flag":true,"none":null,"list":[1,"b"],\
            "ints":[1,2],"map":{"k":"v"}}\
            """);
  }

  @Test
  void writesWhatIsNoNumberAsNull() {
    assertThat(Json.array(Double.NaN, Float.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY))
        .hasToString("[null,null,null]");
  }

  @Test
  void indents() {
    var json =
        Json.parse(
            "{\"a\":[1,2],\"b\":{},\"c\":[],\"d\":{\"e\":[{\"f\":null}]},\"g\":[\""
                + "x".repeat(90)
                + "\"]}");

    assertThat(json.pretty())
        .isEqualTo(
            """
            {
              "a": [1,2],
              "b": {},
              "c": [],
              "d": {
                "e": [
                  {
                    "f": null
                  }
                ]
              },
              "g": [
                "%s"
              ]
            }
            """
                .formatted("x".repeat(90)));
    assertThat(Json.parse(json.pretty())).isEqualTo(json);
  }

  @Test
  void refusesWhatCouldNotBeReadBack() {
    var loop = new HashMap<String, Object>();
    loop.put("self", loop);
    var endless = new ArrayList<Object>();
    endless.add(endless);

    assertThatExceptionOfType(JsonException.class).isThrownBy(() -> Json.ofMap(loop));
    assertThatExceptionOfType(JsonException.class).isThrownBy(() -> Json.ofList(endless));
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.of(new Object()))
        .withMessageEndingWith("got a java.lang.Object; convert it first");
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.of("a\ud800"))
        .withMessage(
            "json: expected a text of whole characters, got half of a surrogate pair, U+D800, "
                + "at 1; drop it or replace it by U+FFFD");
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.object().with("\udc00", 1));
    assertThatExceptionOfType(JsonException.class).isThrownBy(() -> Json.of(Map.of(1, 2)));
    assertThatExceptionOfType(JsonException.class).isThrownBy(() -> new JsonNumber("1x"));
  }

  @Test
  void refusesToWriteDeeperThanItReads() {
    JsonArray deep = Json.array();
    for (int i = 1; i < Json.MAX_DEPTH; i++) {
      deep = Json.array(deep);
    }
    var deepest = deep;
    var tooDeep = Json.array(deep);

    assertThat(Json.parse(deepest.toString())).isEqualTo(deepest);
    assertThat(Json.parse(deepest.pretty())).isEqualTo(deepest);
    assertThatExceptionOfType(JsonException.class).isThrownBy(tooDeep::toString);
    assertThatExceptionOfType(JsonException.class).isThrownBy(tooDeep::pretty);
  }
}
