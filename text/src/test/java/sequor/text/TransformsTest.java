package sequor.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.json.Json;
import sequor.settings.Places;
import sequor.settings.Settings;
import sequor.settings.SettingsException;

/// What is done to texts before they are cut.
class TransformsTest {
  @TempDir Path folder;

  private static String applied(Transform transform, String text) {
    return transform.apply(MappedText.of(text)).text();
  }

  @Test
  void whatStandsInBracketsIsLeftOut() {
    assertThat(applied(new Brackets(), "a film (2001) of [some] note"))
        .isEqualTo("a film   of   note");
    assertThat(applied(new Brackets(), "one(two)three")).isEqualTo("one three");
    assertThat(applied(new Brackets(), "a (b (c) d) e")).isEqualTo("a   e");
    assertThat(applied(new Brackets(), "fine :) (really) :(")).isEqualTo("fine :)   :(");
    assertThat(applied(new Brackets(), "영화（2001）는")).isEqualTo("영화 는");
    assertThat(applied(new Brackets(), "(a]")).isEqualTo("(a]");
    assertThat(applied(new Brackets(), "(((((")).isEqualTo("(((((");
  }

  @Test
  void specialCharactersBecomeSpaces() {
    assertThat(applied(new SpecialCharacters(), "it's 3.5 – really!"))
        .isEqualTo("it s 3 5   really ");
    assertThat(applied(new SpecialCharacters(), "co\u00ADop q\u0301 한글 ② 😀x"))
        .isEqualTo("coop q\u0301 한글 ②  x");
    assertThat(applied(new SpecialCharacters(), "می\u200Cخواهم")).isEqualTo("می\u200Cخواهم");
  }

  @Test
  void bertsStepsDoWhatBertDoes() {
    assertThat(applied(new ControlCharacters(), "a\u0000b\tc\u00ADd\u200Be\u00A0f\uFFFD"))
        .isEqualTo("ab cde f");
    assertThat(applied(new HanWords(), "a東京")).isEqualTo("a 東  京 ");
    assertThat(applied(new StripAccents(), "Café שָׁ")).isEqualTo("Cafe ש");
    assertThat(applied(new LowerLetters(), "ΟΔΟΣ İ")).isEqualTo("οδοσ i\u0307");
    assertThat(applied(new LowerCase(), "ΟΔΟΣ")).isEqualTo("οδος");
  }

  @Test
  void othersChangeWhatTheyAreToldTo() {
    assertThat(applied(new Replace(), "see https://a.b/c now")).isEqualTo("see   now");
    assertThat(applied(new Replace("\\d", "0"), "a12")).isEqualTo("a00");
    assertThat(applied(new Replace("x*", "-"), "axxb")).isEqualTo("a-b");
    assertThat(applied(new Prepend("> "), "a")).isEqualTo("> a");
    assertThat(applied(new Prepend("> "), "")).isEmpty();
    assertThat(applied(new Strip(), " a b\n")).isEqualTo("a b");
    assertThat(applied(new Strip(true, false), " a ")).isEqualTo("a ");
    assertThatThrownBy(() -> new Replace("(", ""))
        .isInstanceOf(TextException.class)
        .hasMessageStartingWith("replace_pattern: expected a regular expression, got \"(\" (");
  }

  @Property(tries = 500)
  void normalizationIsTheJdks(@ForAll @StringLength(max = 20) String text) {
    String whole = applied(new WholeCharacters(), text);
    assertThat(WholeCharacters.isWhole(whole)).isTrue();
    for (var form : Normalizer.Form.values()) {
      var transform = Normalization.valueOf(form.name()).transform();
      assertThat(applied(transform, text)).isEqualTo(Normalizer.normalize(whole, form));
    }
  }

  @Test
  void halfWidthLettersAreFoundAgain() {
    var mapped = new Nfkc().apply(MappedText.of("aﾊﾞﬁz"));
    assertThat(mapped).hasToString("aバfiz");
    assertThat(List.of(mapped.start(1), mapped.end(1))).containsExactly(1, 3);
    assertThat(List.of(mapped.start(3), mapped.end(3), mapped.start(4))).containsExactly(3, 4, 4);
  }

  private static Settings settings(String json) {
    return TokenSettings.section()
        .complete(Json.parseObject(json, "test"), "tokens.", Places.of("my.yaml"));
  }

  @Test
  void normalizationCanBeChosen() {
    var nothing = Tokenizer.learn(settings("{\"normalization\":\"none\"}"), List.of("e\u0301"));
    assertThat(nothing.transforms()).containsExactly(new WholeCharacters());
    assertThat(nothing.vocabulary().tokens()).contains("e", "\u0301");
    var looks = Tokenizer.learn(settings("{\"normalization\":\"nfkc\"}"), List.of("ﬁ"));
    assertThat(looks.tokens("ﬁ①")).containsExactly("f", "i", "1");
  }

  /// Its keys are there when it is chosen, and only then.
  @Test
  void aTransformHasSettingsOfItsOwn() {
    var tokenizer =
        Tokenizer.learn(
            settings(
                """
                {"transforms": ["replace", "strip"], "replace_pattern": "[0-9]+",
                 "replace_with": "#", "strip_right": false}"""),
            List.of("a 12 "));
    assertThat(tokenizer.transforms())
        .containsExactly(new Replace("[0-9]+", "#"), new Strip(true, false), new Nfc());
    assertThat(tokenizer.tokens(" 12 ")).containsExactly("#", " ");
    tokenizer.save(folder.resolve("tokens.json"));
    assertThat(Tokenizer.load(folder.resolve("tokens.json"))).isEqualTo(tokenizer);

    assertThatThrownBy(() -> settings("{\"strip_right\": false}"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("tokens.strip_right: no such key")
        .hasMessageEndingWith("it is a key of transforms: strip");
  }

  @Test
  void everyTransformIsSavedAndLoaded() {
    for (var transform : Transform.all().all()) {
      assertThat(transform.load(transform.saved())).isEqualTo(transform);
      assertThat(transform.about()).isNotBlank();
      assertThatThrownBy(() -> transform.load(Json.object().with("speed", 1)))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("speed");
    }
  }
}
