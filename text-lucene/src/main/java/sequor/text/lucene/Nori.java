package sequor.text.lucene;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.analysis.ko.KoreanPartOfSpeechStopFilter;
import org.apache.lucene.analysis.ko.KoreanTokenizer;
import org.apache.lucene.analysis.ko.KoreanTokenizer.DecompoundMode;
import org.apache.lucene.analysis.ko.dict.UserDictionary;
import org.apache.lucene.analysis.ko.tokenattributes.PartOfSpeechAttribute;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.util.AttributeFactory;
import org.jspecify.annotations.Nullable;
import sequor.FileException;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.text.Segmenter;
import sequor.text.SegmenterKind;
import sequor.text.TextException;

/// Korean morphemes, by Lucene's Nori and its dictionary (mecab-ko-dic). Other scripts are cut at
/// spaces and signs.
///
/// ```java
/// new Nori(List.of(), true, false, false).tokens("영화가 재밌다");   // 영화, 가, 재밌, 다
/// ```
///
/// A model keeps the user's dictionary, and takes Nori's from the release that reads it.
public final class Nori implements Segmenter {
  static final String KIND = "nori";

  private final List<String> dictionary;
  private final boolean compounds;
  private final boolean signs;
  private final boolean content;
  private final @Nullable UserDictionary words;

  /// Keys of a recipe.
  ///
  /// @param userDictionary the path of a file with one word a line, or a word and the parts it has,
  ///   between spaces
  /// @param splitCompounds whether compounds are cut into their parts
  /// @param signs whether punctuation is tokens
  /// @param contentOnly whether particles, endings and the like are left out
  public record Options(
      @Setting(value = "", about = "a file of words, one a line, perhaps with their parts")
          String userDictionary,
      @Setting(value = "true", about = "whether compounds are cut into their parts")
          boolean splitCompounds,
      @Setting(value = "false", about = "whether punctuation is tokens") boolean signs,
      @Setting(value = "false", about = "whether particles and endings are left out")
          boolean contentOnly) {}

  /// @param dictionary a word a line, or a word and its parts, between spaces
  /// @throws TextException if a line is none of these
  public Nori(List<String> dictionary, boolean compounds, boolean signs, boolean content) {
    this.dictionary = List.copyOf(dictionary);
    this.compounds = compounds;
    this.signs = signs;
    this.content = content;
    this.words = words(this.dictionary);
  }

  private static @Nullable UserDictionary words(List<String> dictionary) {
    try {
      return UserDictionary.open(new StringReader(String.join("\n", dictionary)));
    } catch (IOException | RuntimeException e) {
      throw new TextException(
          "user_dictionary: expected a word a line, perhaps with its parts between spaces, got what"
              + " Nori does not read (%s); mend it".formatted(e.getMessage()),
          e);
    }
  }

  @Override
  public void segment(String text, Tokens tokens) {
    var mode = compounds ? DecompoundMode.DISCARD : DecompoundMode.NONE;
    try (var nori =
        new KoreanTokenizer(
            AttributeFactory.DEFAULT_ATTRIBUTE_FACTORY, words, mode, false, !signs)) {
      var term = nori.addAttribute(CharTermAttribute.class);
      var place = nori.addAttribute(OffsetAttribute.class);
      var part = nori.addAttribute(PartOfSpeechAttribute.class);
      nori.setReader(new StringReader(text));
      nori.reset();
      int word = 0;
      int end = 0;
      boolean any = false;
      while (nori.incrementToken()) {
        if (term.toString().isBlank() || (content && isGrammar(part))) {
          continue;
        }
        word += any && hasSpace(text, end, place.startOffset()) ? 1 : 0;
        any = true;
        end = Math.max(end, place.endOffset());
        tokens.add(term.toString(), place.startOffset(), place.endOffset(), word);
      }
      nori.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text in memory has none
    }
  }

  private static boolean isGrammar(PartOfSpeechAttribute part) {
    return part.getLeftPOS() != null
        && KoreanPartOfSpeechStopFilter.DEFAULT_STOP_TAGS.contains(part.getLeftPOS());
  }

  private static boolean hasSpace(String text, int from, int to) {
    return from < to && text.substring(from, to).codePoints().anyMatch(Character::isWhitespace);
  }

  @Override
  public String join(List<String> tokens) {
    return String.join(" ", tokens);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public JsonObject settings() {
    return Json.object()
        .with("dictionary", dictionary)
        .with("compounds", compounds)
        .with("signs", signs)
        .with("content", content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Nori that && settings().equals(that.settings());
  }

  @Override
  public int hashCode() {
    return Objects.hash(dictionary, compounds, signs, content);
  }

  /// `tokenizer: nori`
  public record Kind() implements SegmenterKind {
    @Override
    public String name() {
      return KIND;
    }

    @Override
    public String about() {
      return "Korean morphemes";
    }

    @Override
    public Class<? extends Record> settings() {
      return Options.class;
    }

    @Override
    public Segmenter learn(Settings settings, Iterable<String> texts) {
      var options = settings.as(Options.class);
      return new Nori(
          lines(options.userDictionary()),
          options.splitCompounds(),
          options.signs(),
          options.contentOnly());
    }

    private static List<String> lines(String file) {
      if (file.isBlank()) {
        return List.of();
      }
      try {
        return Files.readAllLines(Path.of(file)).stream()
            .map(line -> line.replace("\uFEFF", "").strip())
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .toList();
      } catch (IOException e) {
        throw FileException.unreadable(Path.of(file), e);
      }
    }

    @Override
    public Segmenter load(JsonObject settings) {
      settings.requireOnly("dictionary", "compounds", "signs", "content");
      return new Nori(
          settings.texts("dictionary"),
          settings.flag("compounds"),
          settings.flag("signs"),
          settings.flag("content"));
    }
  }
}
