package sequor.text.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.settings.Places;
import sequor.settings.Settings;
import sequor.settings.SettingsException;
import sequor.text.TextException;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;

/// Morphemes and stop words.
class LuceneTest {
  @TempDir Path folder;

  private static Settings settings(JsonObject json) {
    return TokenSettings.section().complete(json, "tokens.", Places.of("my.yaml"));
  }

  private static List<String> found(Tokenizer tokenizer, String text) {
    var encoding = tokenizer.encode(text);
    var tokens = tokenizer.tokens(text);
    return IntStream.range(0, tokens.size())
        .mapToObj(
            i ->
                "%s %d-%d of %d"
                    .formatted(
                        tokens.get(i),
                        encoding.starts()[i],
                        encoding.ends()[i],
                        encoding.words()[i]))
        .toList();
  }

  @Test
  void koreanIsCutIntoMorphemes() {
    var tokenizer =
        Tokenizer.learn(settings(Json.object().with("tokenizer", "nori")), List.of("영화가 재밌다"));
    assertThat(found(tokenizer, "이 영화가 정말 재밌다!"))
        .containsExactly(
            "이 0-1 of 0",
            "영화 2-4 of 1",
            "가 4-5 of 1",
            "정말 6-8 of 2",
            "재밌 9-11 of 3",
            "다 11-12 of 3");
    assertThat(new Nori(List.of(), true, true, false).tokens("좋다!")).containsExactly("좋", "다", "!");
    assertThat(new Nori(List.of(), true, false, true).tokens("영화가 재밌다"))
        .containsExactly("영화", "재밌");
    assertThat(tokenizer.tokens("")).isEmpty();
  }

  @Test
  void aUserDictionaryIsSavedWithTheModel() throws IOException {
    var file = folder.resolve("words.txt");
    Files.writeString(file, "# mine\n겨울왕국\n세종시 세종 시\n");
    var chosen =
        settings(Json.object().with("tokenizer", "nori").with("user_dictionary", file.toString()));
    var tokenizer = Tokenizer.learn(chosen, List.of("겨울왕국은 세종시에서"));
    assertThat(tokenizer.tokens("겨울왕국은 세종시")).containsExactly("겨울왕국", "은", "세종", "시");
    assertThat(new Nori(List.of(), true, false, false).tokens("겨울왕국")).containsExactly("겨울", "왕국");

    tokenizer.save(folder.resolve("tokens.json"));
    Files.delete(file);
    var loaded = Tokenizer.load(folder.resolve("tokens.json"));
    assertThat(loaded).isEqualTo(tokenizer);
    assertThat(loaded.encode("겨울왕국은").ids()).isEqualTo(tokenizer.encode("겨울왕국은").ids());

    assertThatThrownBy(() -> Tokenizer.learn(chosen, List.of())).hasMessageContaining("words.txt");
    assertThatThrownBy(() -> new Nori(List.of("세종 세종 시 세종시"), true, false, false))
        .isInstanceOf(TextException.class)
        .hasMessageStartingWith("user_dictionary: expected a word a line");
  }

  @Test
  void threadsShareOne() throws InterruptedException {
    var nori = new Nori(List.of(), true, false, false);
    var expected = nori.tokens("이 영화가 정말 재밌다");
    var wrong = new ArrayList<List<String>>();
    var threads = new ArrayList<Thread>();
    for (int t = 0; t < 4; t++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 200; i++) {
                      var tokens = nori.tokens("이 영화가 정말 재밌다");
                      if (!tokens.equals(expected)) {
                        synchronized (wrong) {
                          wrong.add(tokens);
                        }
                      }
                    }
                  }));
    }
    for (var thread : threads) {
      thread.join();
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void stopWordsAreLeftOutByLanguage() {
    var chosen =
        settings(
            Json.object()
                .with("tokenizer", "whitespace")
                .with("transforms", List.of("stop_words"))
                .with("stop_words_language", "german"));
    var tokenizer = Tokenizer.learn(chosen, List.of("Der Film ist gut"));
    assertThat(found(tokenizer, "Der Film, der GUT ist"))
        .containsExactly("Film, 4-9 of 0", "GUT 14-17 of 1");
    tokenizer.save(folder.resolve("tokens.json"));
    assertThat(Tokenizer.load(folder.resolve("tokens.json"))).isEqualTo(tokenizer);
    assertThatThrownBy(
            () ->
                settings(
                    Json.object()
                        .with("transforms", List.of("stop_words"))
                        .with("stop_words_language", "germann")))
        .isInstanceOf(SettingsException.class)
        .hasMessageEndingWith("did you mean \"german\"?");
  }

  @Test
  void everyLanguageHasWords() throws NoSuchFieldException {
    var languages =
        StopWords.Language.class
            .getRecordComponents()[0]
            .getAnnotation(sequor.settings.Setting.class)
            .of();
    for (var language : languages) {
      assertThat(StopWords.of(language).words()).as(language).hasSizeGreaterThan(20);
    }
    assertThat(StopWords.of("english").words()).contains("the", "of").doesNotContain("film");
    assertThatThrownBy(() -> StopWords.of("klingon")).isInstanceOf(TextException.class);
  }
}
