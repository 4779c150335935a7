package sequor.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sequor.json.Json;
import sequor.json.JsonObject;

class SchemaTest {
  public record Model(
      @Setting(value = "64", min = 1, max = 1024, about = "of a layer") int hiddenSize,
      @Setting(value = "mean", before = "last", about = "how steps become one") String pooling) {}

  public record Training(
      @Setting(value = "10", min = 1, max = 1000, about = "over the data") int epochs) {}

  public record Loss(
      @Setting(value = "false", about = "weighs labels") boolean classBalance,
      @Setting(value = "0", min = 0, max = 1, about = "of labels") double smoothing) {}

  private static final Schema SCHEMA =
      Schema.of("model", Section.of(Model.class))
          .and("training", Section.of(Training.class))
          .and("loss", Section.of(Loss.class))
          .moved("training.class_balance", "loss.class_balance")
          .moved("regularization.smoothing", "loss.smoothing");

  public record Choice(@Setting(value = "", about = "of them") String method) {}

  private static JsonObject json(String text) {
    return Json.parseObject(text, "x");
  }

  private static Settings complete(String written) {
    return SCHEMA.complete(json(written), Places.of("my.yaml"));
  }

  @Test
  void everySectionIsThereAndFull() {
    var settings = complete("{\"training\": {\"epochs\": 3}}");

    assertThat(settings.values().names()).containsExactly("model", "training", "loss");
    assertThat(settings.section("model").as(Model.class)).isEqualTo(new Model(64, "mean"));
    assertThat(settings.section("training").as(Training.class)).isEqualTo(new Training(3));
    assertThat(settings.section("loss").as(Loss.class)).isEqualTo(new Loss(false, 0));
    assertThat(settings.has("model")).isTrue();
    assertThat(settings.has("tokens")).isFalse();
    assertThat(settings.section("model").text("pooling")).isEqualTo("mean");
    assertThat(SCHEMA.sections().keySet()).containsExactly("model", "training", "loss");
    assertThat(Schema.none().complete(Json.object(), Places.NOWHERE).values())
        .isEqualTo(Json.object());
  }

  /// Where all keys of a section are commented out, it is nothing.
  @Test
  void anEmptySectionIsOneOfDefaults() {
    for (var nothing : new String[] {"{}", "null", "\"\""}) {
      assertThat(complete("{\"model\": " + nothing + "}").values())
          .isEqualTo(complete("{}").values());
    }
    assertThatThrownBy(() -> complete("{\"model\": 3}"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "my.yaml: model: expected a section with keys, got 3; write its keys below it, indented");
  }

  @Test
  void aSectionThatThereIsNotIsAnsweredWithTheNearest() {
    assertThatThrownBy(() -> complete("{\"modle\": {\"hidden_size\": 3}}"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "my.yaml: modle: no such key; there are model, training, loss; did you mean \"model\"?");
  }

  @Test
  void errorsSayWhereAValueWasWritten() {
    Places lines =
        path ->
            Optional.ofNullable(
                    Map.of("model.hidden_size", "my.yaml:4", "model", "my.yaml:3").get(path))
                .orElse("my.yaml:1");

    assertThatThrownBy(() -> SCHEMA.complete(json("{\"model\": {\"hidden_size\": 0}}"), lines))
        .hasMessageStartingWith("my.yaml:4: model.hidden_size: expected a whole number");
    assertThatThrownBy(() -> SCHEMA.complete(json("{\"model\": 3}"), lines))
        .hasMessageStartingWith("my.yaml:3: model: expected a section");
    assertThat(
            SCHEMA
                .complete(Json.object(), lines)
                .section("model")
                .wrong("hidden_size", "expected %s, got %d; add one", "an odd one", 64))
        .hasMessage("my.yaml:4: model.hidden_size: expected an odd one, got 64; add one");
  }

  @Test
  void aMovedKeyIsReadWhereverItStands() {
    assertThat(complete("{\"training\": {\"class_balance\": true, \"epochs\": 2}}").values())
        .isEqualTo(
            complete("{\"loss\": {\"class_balance\": true}, \"training\": {\"epochs\": 2}}")
                .values());
    assertThatThrownBy(() -> complete("{\"training\": {\"class_balance\": null}}"))
        .hasMessageContaining("loss.class_balance: expected true or false, got null");
  }

  @Test
  void theValuesOfAMovedKeyMayHaveOtherNames() {
    var schema =
        Schema.of("floor", Section.of(Choice.class))
            .moved("floor.simple", "floor.method", Map.of("true", "naive", "false", "none"));
    for (var written : List.of("true", "false", "\"other\"")) {
      var moved =
          schema.complete(json("{\"floor\": {\"simple\": %s}}".formatted(written)), Places.NOWHERE);
      assertThat(moved.section("floor").text("method"))
          .isEqualTo(Map.of("true", "naive", "false", "none").getOrDefault(written, "other"));
    }
  }

  /// The new name goes before the old one, which is left out even where that makes a section empty.
  @Test
  void aSectionMayLoseItsLastKey() {
    assertThat(
            complete("{\"regularization\": {\"smoothing\": 0.1}}").section("loss").as(Loss.class))
        .isEqualTo(new Loss(false, 0.1));
    assertThat(
            complete("{\"regularization\": {\"smoothing\": 0.1}, \"loss\": {\"smoothing\": 0.2}}")
                .section("loss")
                .as(Loss.class))
        .isEqualTo(new Loss(false, 0.2));
    assertThatThrownBy(() -> complete("{\"regularization\": {\"smoothing\": 0.1, \"l2\": 1}}"))
        .hasMessageStartingWith("my.yaml: regularization: no such key");
  }

  /// A key that is missing takes the value that stood before there was one, in what was saved
  /// alone.
  @Test
  void whatWasSavedEarlierKeepsItsMeaning() {
    var saved = json("{\"model\": {\"hidden_size\": 32}, \"training\": {\"epochs\": 5}}");

    assertThat(SCHEMA.restore(saved, Places.NOWHERE).section("model").as(Model.class))
        .isEqualTo(new Model(32, "last"));
    assertThat(SCHEMA.complete(saved, Places.NOWHERE).section("model").as(Model.class))
        .isEqualTo(new Model(32, "mean"));
    var now = SCHEMA.complete(saved, Places.NOWHERE).values();
    assertThat(SCHEMA.restore(now, Places.NOWHERE).values()).isEqualTo(now);
    assertThatThrownBy(() -> SCHEMA.restore(json("{\"model\": {\"layers\": 2}}"), Places.NOWHERE))
        .isInstanceOf(SettingsException.class);
  }

  @Test
  void aSchemaIsNotChangedByOneMadeOfIt() {
    var sections = new HashMap<>(SCHEMA.sections());
    var unused = SCHEMA.and("data", Section.none()).moved("a.b", "c.d");
    assertThat(unused.sections()).hasSize(4);
    assertThat(SCHEMA.sections()).isEqualTo(sections);
  }
}
