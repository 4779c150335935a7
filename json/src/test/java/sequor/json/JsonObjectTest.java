package sequor.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class JsonObjectTest {
  private final JsonObject config =
      Json.parseObject(
          """
          {"cell": "lstm", "bias": true, "dropout": 0.25, "sizes": [1, 2, 3], "none": null,
           "model": {"hidden_size": "abc", "big": 1e3, "layers": [{"size": 1}, {"size": 2.5}]},
           "labels": ["a", 7], "a.b": {"c": 1}}
          """,
          "config.json");

  @Test
  void readsWhatIsAskedFor() {
    assertThat(config.text("cell")).isEqualTo("lstm");
    assertThat(config.text("cell", List.of("gru", "lstm"))).isEqualTo("lstm");
    assertThat(config.flag("bias")).isTrue();
    assertThat(config.number("dropout")).isEqualTo(0.25);
    assertThat(config.number("dropout", 0, 1)).isEqualTo(0.25);
    assertThat(config.object("model").wholeNumber("big", 1, 1 << 20)).isEqualTo(1000);
    assertThat(config.object("model").wholeNumber("big", 1L, 1L << 40)).isEqualTo(1000L);
    assertThat(config.array("sizes").wholeNumbers(0, 9)).containsExactly(1, 2, 3);
    assertThat(config.array("sizes").wholeNumbers(0L, 9L)).containsExactly(1, 2, 3);
    assertThat(config.array("sizes").numbers()).containsExactly(1, 2, 3);
    assertThat(config.has("cell")).isTrue();
    assertThat(config.has("none")).isFalse();
    assertThat(config.has("other")).isFalse();
  }

  @Test
  void takesTheMembersOfAnother() {
    var first = Json.object().with("a", 1).with("b", 2);
    var both = first.with(Json.object().with("c", 3).with("a", 4));
    assertThat(both).hasToString("{\"a\":4,\"b\":2,\"c\":3}");
    assertThat(first).hasToString("{\"a\":1,\"b\":2}");
  }

  @Test
  void namesThePathOfWhatIsWrong() {
    var model = config.object("model");

    assertError(
        () -> model.wholeNumber("hidden_size", 1, 1 << 20),
        "config.json: model.hidden_size: expected a whole number from 1 to 1048576, got \"abc\"; "
            + "write it as a number, without quotes");
    assertError(
        () -> model.array("layers").objects().get(1).wholeNumber("size", 1, 9),
        "config.json: model.layers[1].size: expected a whole number from 1 to 9, got 2.5; "
            + "choose one in that range");
    assertError(
        () -> config.texts("labels"),
        "config.json: labels[1]: expected a text, got 7; put it in double quotes");
    assertError(
        () -> config.object("a.b").flag("c"),
        "config.json: \"a.b\".c: expected true or false, got 1; write it without quotes");
    assertError(
        () -> config.object("sizes"),
        "config.json: sizes: expected an object, got an array of 3; write {…} here");
    assertError(
        () -> config.number("dropout", 0.5, 1),
        "config.json: dropout: expected a number from 0.5 to 1.0, got 0.25; "
            + "choose one in that range");
    assertError(
        () -> config.array("sizes").at(3),
        "config.json: sizes: expected an element at 3, got an array of 3; count from 0");
  }

  @Test
  void suggestsTheNearestName() {
    assertError(
        () -> config.object("model").text("hiden_size"),
        "config.json: model: expected a member \"hiden_size\", got \"hidden_size\", \"big\", "
            + "\"layers\"; did you mean \"hidden_size\"?");
    assertError(
        () -> config.object("a.b").text("zzz"),
        "config.json: \"a.b\": expected a member \"zzz\", got \"c\"; add it");
    assertError(
        () -> config.text("cell", List.of("gru", "rnn", "lstm2")),
        "config.json: cell: expected one of \"gru\", \"rnn\", \"lstm2\", got \"lstm\"; "
            + "did you mean \"lstm2\"?");
    assertError(
        () -> config.object("a.b").requireOnly("size", "cc"),
        "config.json: \"a.b\": expected only \"size\", \"cc\", got a member \"c\"; "
            + "did you mean \"cc\"?");
  }

  @Test
  void letsKnownMembersPass() {
    var object = config.object("a.b");

    assertThat(object.requireOnly("c", "d")).isSameAs(object);
  }

  @Test
  void refusesAnotherKindAtTheTop() {
    assertError(
        () -> Json.parseObject("[1]", "labels.json"),
        "labels.json: expected an object, got an array of 1; write {…} here");
  }

  @Test
  void cutsLongValuesInErrors() {
    var object = Json.object().with("x", "y".repeat(10_000));

    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> object.flag("x"))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200).contains("yyy…"));
  }

  @Test
  void wholeNumbersHaveTheirWholeRange() {
    var object = Json.parseObject("{\"l\": 9223372036854775807, \"m\": 9223372036854775808}", "x");

    assertThat(object.wholeNumber("l", Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> object.wholeNumber("m", Long.MIN_VALUE, Long.MAX_VALUE));
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> object.wholeNumber("l", 0, Integer.MAX_VALUE));
  }

  @Test
  void withReplacesAndLeavesTheOriginalAlone() {
    var one = Json.object().with("a", 1).with("b", 2);
    var other = one.with("a", 3);

    assertThat(one).hasToString("{\"a\":1,\"b\":2}");
    assertThat(other).hasToString("{\"a\":3,\"b\":2}");
  }

  @Test
  void equalityIgnoresOrderAndSource() {
    assertThat(Json.parse("{\"a\":1,\"b\":[2]}", "x"))
        .isEqualTo(Json.parse("{\"b\":[2],\"a\":1}", "y"))
        .hasSameHashCodeAs(Json.parse("{\"b\":[2],\"a\":1}", "y"))
        .isNotEqualTo(Json.parse("{\"b\":[2],\"a\":2}", "y"));
  }

  private static void assertError(ThrowingCallable reading, String message) {
    assertThatExceptionOfType(JsonException.class).isThrownBy(reading).withMessage(message);
  }
}
