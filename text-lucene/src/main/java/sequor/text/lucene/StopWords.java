package sequor.text.lucene;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.text.MappedText;
import sequor.text.Transform;
import sequor.text.Words;

/// Leaves out the words that stand in every text, by Lucene's list for a language. Small and
/// capital letters are the same; the spaces around a word stay.
///
/// A model keeps the words themselves, so that another release with another list changes nothing.
///
/// @param language of the list
/// @param words of it, in small letters, in order
public record StopWords(String language, List<String> words) implements Transform {
  /// @param stopWordsLanguage whose list it is
  public record Language(
      @Setting(
              value = "english",
              about = "whose words are left out",
              of = {
                "arabic",
                "armenian",
                "basque",
                "bengali",
                "brazilian",
                "bulgarian",
                "catalan",
                "czech",
                "danish",
                "dutch",
                "english",
                "estonian",
                "finnish",
                "french",
                "galician",
                "german",
                "greek",
                "hindi",
                "hungarian",
                "indonesian",
                "irish",
                "italian",
                "latvian",
                "lithuanian",
                "nepali",
                "norwegian",
                "persian",
                "portuguese",
                "romanian",
                "russian",
                "serbian",
                "sorani",
                "spanish",
                "swedish",
                "tamil",
                "telugu",
                "turkish"
              })
          String stopWordsLanguage) {}

  private static final Words CUT = new Words(true, false, false);

  public StopWords() {
    this("english", List.of());
  }

  public StopWords {
    words = List.copyOf(words);
  }

  /// Lucene's words of a language.
  public static StopWords of(String language) {
    var words = new TreeSet<String>();
    for (Object word : StopWordLists.of(language)) {
      words.add(String.valueOf((char[]) word).toLowerCase(Locale.ROOT));
    }
    return new StopWords(language, List.copyOf(words));
  }

  @Override
  public String name() {
    return "stop_words";
  }

  @Override
  public String about() {
    return "without the words of every text";
  }

  @Override
  public Class<? extends Record> settings() {
    return Language.class;
  }

  @Override
  public Transform with(Settings settings) {
    return of(settings.as(Language.class).stopWordsLanguage());
  }

  @Override
  public JsonObject saved() {
    return Json.object().with("language", language).with("words", words);
  }

  @Override
  public Transform load(JsonObject saved) {
    if (saved.size() == 0) {
      return of("english");
    }
    saved.requireOnly("language", "words");
    return new StopWords(saved.text("language"), saved.texts("words"));
  }

  @Override
  public MappedText apply(MappedText mapped) {
    var left = Set.copyOf(words);
    String text = mapped.text();
    var rest = new MappedText.Builder(mapped);
    int[] from = {0};
    CUT.segment(
        text,
        (word, start, end, number) -> {
          if (left.contains(word.toLowerCase(Locale.ROOT))) {
            rest.copy(from[0], start);
            from[0] = end;
          }
        });
    return rest.copy(from[0], text.length()).text();
  }
}
