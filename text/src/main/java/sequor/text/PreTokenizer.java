package sequor.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import sequor.json.Json;
import sequor.json.JsonObject;

/// Cuts a text into the words that pieces do not go beyond, and writes them as the pieces are
/// written. Each word knows where its characters stand in the text.
///
/// It is written as Hugging Face's `tokenizer.json` writes it; `Spaces` and `Layout` are ours.
sealed interface PreTokenizer {
  /// Words with the end of their line, words, tabs, and spaces before the one that begins a word.
  Pattern LAYOUT = Pattern.compile(" ?[^ \\t\\n]*+\\n| ?[^ \\t\\n]+|\\t+| +(?= )| ");

  /// The words of some words.
  List<MappedText> cut(List<MappedText> words);

  JsonObject json();

  /// The words of a text; none is empty.
  default List<MappedText> cut(String text) {
    return text.isEmpty()
        ? List.of()
        : cut(List.of(MappedText.of(text))).stream()
            .filter(word -> !word.text().isEmpty())
            .toList();
  }

  /// The same without where they stand.
  default List<String> words(String text) {
    return cut(text).stream().map(MappedText::text).toList();
  }

  /// A word begins with its space (U+0020, and no other); the first word of a text gets one too, so
  /// that it is the same word there. Taking that one away again gives the very text back.
  record Spaces() implements PreTokenizer {
    @Override
    public List<MappedText> cut(List<MappedText> words) {
      var all = new ArrayList<MappedText>();
      for (var word : words) {
        var spaced = new MappedText.Builder(word).put(" ", 0, 0);
        int length = word.text().length();
        Splits.MERGED_WITH_NEXT.split(
            spaced.copy(0, length).text(), Splits.every(c -> c == ' '), false, all);
      }
      return all;
    }

    /// Without a map of each word, which takes a tenth of the time.
    @Override
    public List<String> words(String text) {
      var words = new ArrayList<String>();
      for (int start = 0, end; start < text.length(); start = end) {
        end = text.indexOf(' ', start + 1);
        end = end < 0 ? text.length() : end;
        boolean begins = text.charAt(start) == ' ';
        if (start == 0 && begins) {
          words.add(" "); // that of the first word, which is empty
        }
        words.add(begins ? text.substring(start, end) : " " + text.substring(start, end));
      }
      return words;
    }

    @Override
    public JsonObject json() {
      return type("Spaces");
    }
  }

  /// Spaces are written as a letter, which begins a word (SentencePiece).
  ///
  /// @param prepend `always`, `first` or `never`: whether the first word gets one if it has none
  /// @param split whether words are cut there
  record Metaspace(String replacement, String prepend, boolean split) implements PreTokenizer {
    @Override
    public List<MappedText> cut(List<MappedText> words) {
      var all = new ArrayList<MappedText>();
      for (var word : words) {
        var written = new MappedText.Builder(word);
        String text = word.text();
        boolean begins = text.startsWith(" ") || text.startsWith(replacement);
        boolean first = prepend.equals("always") || (prepend.equals("first") && isFirst(word));
        if (first && !begins) {
          written.put(replacement, 0, 0);
        }
        for (int at = 0; at < text.length(); at++) {
          if (text.charAt(at) == ' ') {
            written.put(replacement, at, at + 1);
          } else {
            written.copy(at, at + 1);
          }
        }
        if (split) {
          Splits.MERGED_WITH_NEXT.split(
              written.text(), Splits.every(c -> c == replacement.codePointAt(0)), false, all);
        } else {
          all.add(written.text());
        }
      }
      return all;
    }

    private static boolean isFirst(MappedText word) {
      return !word.text().isEmpty() && word.start(0) == 0;
    }

    @Override
    public JsonObject json() {
      return type("Metaspace")
          .with("replacement", replacement)
          .with("prepend_scheme", prepend)
          .with("split", split);
    }
  }

  /// Each byte of UTF-8 is written as a letter, so that no text has an unknown one (GPT-2).
  ///
  /// @param prefix whether a text that begins with no space gets one
  /// @param words whether it is cut into words first, as GPT-2 does
  record ByteLevel(boolean prefix, boolean words) implements PreTokenizer {
    private static final Pattern GPT2 =
        Pattern.compile(
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            Pattern.UNICODE_CHARACTER_CLASS);

    @Override
    public List<MappedText> cut(List<MappedText> texts) {
      var all = new ArrayList<MappedText>();
      for (var text : texts) {
        boolean prepends = prefix && !text.text().startsWith(" ");
        var begun =
            prepends
                ? new MappedText.Builder(text).put(" ", 0, 0).copy(0, text.text().length()).text()
                : text;
        if (words) {
          Splits.ISOLATED.split(begun, Splits.matches(GPT2), false, all);
        } else {
          all.add(begun);
        }
      }
      all.replaceAll(Bytes::written);
      return all;
    }

    @Override
    public JsonObject json() {
      return type("ByteLevel").with("add_prefix_space", prefix).with("use_regex", words);
    }
  }

  /// Cut where something stands.
  ///
  /// @param json as it was written
  /// @param invert whether it is cut where nothing is found
  record Split(JsonObject json, Splits.Finder finder, boolean invert, Splits splits)
      implements PreTokenizer {
    @Override
    public List<MappedText> cut(List<MappedText> words) {
      var all = new ArrayList<MappedText>();
      words.forEach(word -> splits.split(word, finder, invert, all));
      return all;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Split that && json.equals(that.json);
    }

    @Override
    public int hashCode() {
      return json.hashCode();
    }
  }

  /// One after the other.
  record Sequence(List<PreTokenizer> steps) implements PreTokenizer {
    @Override
    public List<MappedText> cut(List<MappedText> words) {
      var all = words;
      for (var step : steps) {
        all = step.cut(all);
      }
      return all;
    }

    @Override
    public JsonObject json() {
      return type("Sequence")
          .with("pretokenizers", steps.stream().map(PreTokenizer::json).toList());
    }
  }

  private static JsonObject type(String name) {
    return Json.object().with("type", name);
  }

  /// A text is one word.
  static PreTokenizer none() {
    return new Sequence(List.of());
  }

  /// A word may begin with one space and ends with its line; what more spaces, or tabs, stand
  /// before it are a word. All words together are the text, and those of a text are those of its
  /// lines.
  static PreTokenizer layout() {
    return of(type("Layout"));
  }

  /// Cut at white space, which is left out.
  static PreTokenizer whitespace() {
    return of(type("WhitespaceSplit"));
  }

  /// BERT's: cut at white space; each sign a word.
  static PreTokenizer bert() {
    return of(type("BertPreTokenizer"));
  }

  /// What was written so.
  ///
  /// @throws TextException if there is no such thing here
  /// @throws sequor.json.JsonException if it is not as it should be
  static PreTokenizer of(JsonObject json) {
    return of(json, "pre_tokenizer");
  }

  /// @param path of it in its file, for errors
  private static PreTokenizer of(JsonObject json, String path) {
    String type = json.text("type");
    return switch (type) {
      case "Spaces" -> new Spaces();
      case "Layout" -> split(json, Splits.matches(LAYOUT), Splits.ISOLATED);
      case "Sequence" -> sequence(json.array("pretokenizers").objects(), path);
      case "Metaspace" -> metaspace(json);
      case "ByteLevel" ->
          new ByteLevel(
              json.flag("add_prefix_space"), !json.has("use_regex") || json.flag("use_regex"));
      case "Whitespace" -> split(json, Splits.matches(unicode("\\w+|[^\\w\\s]+")), Splits.MATCHES);
      case "WhitespaceSplit" -> split(json, Splits.every(Whitespace::isSpace), Splits.REMOVED);
      case "BertPreTokenizer" ->
          new Sequence(
              List.of(
                  split(type("WhitespaceSplit"), Splits.every(Whitespace::isSpace), Splits.REMOVED),
                  of(type("Punctuation").with("behavior", "Isolated"))));
      case "Punctuation" -> split(json, Splits.every(Splits::isPunctuation), behavior(json));
      case "Digits" ->
          split(
              json,
              Splits.every(Splits::isNumber),
              json.flag("individual_digits") ? Splits.ISOLATED : Splits.CONTIGUOUS);
      case "Split" -> pattern(json);
      default ->
          throw new TextException(
              ("%s.type: expected one of Sequence, Metaspace, ByteLevel, Whitespace,"
                      + " WhitespaceSplit, BertPreTokenizer, Punctuation, Digits, Split, got \"%s\";"
                      + " take a model that needs no other")
                  .formatted(path, type));
    };
  }

  private static PreTokenizer sequence(List<JsonObject> steps, String path) {
    return new Sequence(
        IntStream.range(0, steps.size())
            .mapToObj(i -> of(steps.get(i), "%s.pretokenizers[%d]".formatted(path, i)))
            .toList());
  }

  private static PreTokenizer split(JsonObject json, Splits.Finder finder, Splits splits) {
    return new Split(json, finder, false, splits);
  }

  private static PreTokenizer metaspace(JsonObject json) {
    boolean prefix = !json.has("add_prefix_space") || json.flag("add_prefix_space"); // older files
    String scheme =
        json.has("prepend_scheme")
            ? json.text("prepend_scheme", List.of("always", "first", "never"))
            : prefix ? "always" : "never";
    String replacement = json.text("replacement");
    if (replacement.codePointCount(0, replacement.length()) != 1) {
      throw new TextException(
          "Metaspace: expected a replacement of one letter, got \"%s\"; write one"
              .formatted(replacement));
    }
    return new Metaspace(replacement, scheme, !json.has("split") || json.flag("split"));
  }

  private static PreTokenizer pattern(JsonObject json) {
    var pattern = pattern(json.object("pattern"), "pre_tokenizer Split");
    return new Split(json, Splits.matches(pattern), json.flag("invert"), behavior(json));
  }

  /// `{"String": "…"}` or `{"Regex": "…"}`.
  static Pattern pattern(JsonObject json, String what) {
    if (json.has("String")) {
      return Pattern.compile(json.text("String"), Pattern.LITERAL);
    }
    String regex = json.text("Regex");
    try {
      return unicode(regex);
    } catch (PatternSyntaxException e) {
      throw new TextException(
          "%s: expected a regular expression that Java knows, got %s; take another model"
              .formatted(what, regex),
          e);
    }
  }

  private static Pattern unicode(String regex) {
    return Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS);
  }

  private static Splits behavior(JsonObject json) {
    String name = json.has("behavior") ? json.text("behavior") : "Isolated";
    return Splits.of(name);
  }
}
