package sequor.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sequor.settings.Settings;

/// `format: conll`: a token a line, in columns called `1`, `2`, …, with a blank line behind each
/// sentence, as the tasks of CoNLL 2000 to 2003 have it, and every table of words and tags.
///
/// ```
/// EU      NNP  B-NP  B-ORG
/// rejects VBZ  B-VP  O
/// ```
///
/// Tabs part columns where the first token's line has one, and then a token may hold spaces; else
/// spaces do. Every token has as many columns as the first. `-DOCSTART-` is no token. A line that
/// begins with `#` says nothing where it stands before a sentence and has not as many columns as a
/// token, or is written `# name = value`. A first line such as `token pos ner` names the columns.
public record ConllFormat() implements TokenFormat {
  private static final String DOCUMENT = "-DOCSTART-";
  private static final Pattern NAMES = Pattern.compile(".*\\.(conll\\w*|iob2?|bio|bioes|iobes)");

  @Override
  public String name() {
    return "conll";
  }

  @Override
  public String about() {
    return "tokens and tags in columns, a token a line";
  }

  @Override
  public Class<? extends Record> settings() {
    return ConllSettings.class;
  }

  @Override
  public boolean fits(String name, String head) {
    return (NAMES.matcher(name).matches() && !name.endsWith(".conllu"))
        || (name.matches(".*\\.(tsv|tab|txt)") && isTokens(head));
  }

  /// Whether a file begins with several lines that have one number of columns, some of them with a
  /// blank line behind: a table has no blank lines.
  static boolean isTokens(String head) {
    var lines = head.split("\r?\n", -1);
    int columns = 0;
    boolean blank = false;
    for (int i = 0; i + 1 < lines.length; i++) { // the last may be cut
      if (lines[i].isEmpty()) {
        blank |= columns > 0 && i + 2 < lines.length;
        continue;
      }
      int count = lines[i].split("\t", -1).length;
      if (count < 2 || (columns > 0 && count != columns)) {
        return false;
      }
      columns = count;
    }
    return blank;
  }

  @Override
  public Source<Sentence> sentences(Path file, Settings settings) {
    var how = settings.as(ConllSettings.class);
    return () -> new Lines(file, how);
  }

  private static final class Lines extends TokenLines {
    private static final Set<String> OF_WORDS = Set.of("word", "words", "token", "tokens", "form");
    private static final Set<String> OF_TAGS =
        Set.of("tag", "tags", "label", "labels", "pos", "upos", "xpos", "ner", "chunk");
    private static final Pattern SAYING = Pattern.compile("#\\s*[\\w.:-]+\\s*=.*", Pattern.DOTALL);

    private final ConllSettings how;
    private Row.@Nullable Header header; // once a token was read
    private List<String> names; // of columns, from the first on
    private long named; // by which line
    private boolean tabs;

    Lines(Path file, ConllSettings how) {
      super(file);
      this.how = how;
      this.names = how.names();
    }

    @Override
    @Nullable List<String> token(String line, long number, boolean first) {
      var known = header;
      boolean byTabs = known == null ? line.indexOf('\t') >= 0 : tabs;
      var fields = texts(line, byTabs);
      if (fields.getFirst().equals(DOCUMENT) || (first && isComment(line, fields.size()))) {
        return null;
      }
      if (fields.getFirst().isEmpty()) {
        throw wrong(number, "expected a token in column 1, got none; write one");
      }
      if (known == null && names.isEmpty() && areNames(fields)) {
        names = List.copyOf(fields);
        return null;
      }
      if (known == null) {
        tabs = byTabs;
        named = number;
        header = header(fields.size(), number);
      } else if (fields.size() != known.columns().size()) {
        throw wrong(
            number,
            "expected %d columns, as line %d has, with %s between, got %d; mend the line"
                .formatted(known.columns().size(), named, tabs ? "tabs" : "spaces", fields.size()));
      }
      return new ArrayList<>(fields);
    }

    private boolean isComment(String line, int columns) {
      if (!how.comments() || !line.startsWith("#")) {
        return false;
      }
      var known = header;
      return SAYING.matcher(line).matches() || known == null || columns != known.columns().size();
    }

    /// Whether a first line says what its columns are: a word for words, one for tags at its end,
    /// none twice.
    private static boolean areNames(List<String> fields) {
      return fields.size() > 1
          && OF_WORDS.contains(fields.getFirst().toLowerCase(Locale.ROOT))
          && OF_TAGS.contains(fields.getLast().toLowerCase(Locale.ROOT))
          && new HashSet<>(fields).size() == fields.size();
    }

    private Row.Header header(int count, long number) {
      if (names.size() > count) {
        throw wrong(
            number,
            "expected %d columns, which data.names or a first line names, got %d; name those there are"
                .formatted(names.size(), count));
      }
      var columns = new ArrayList<String>();
      var indices = new HashMap<String, Integer>();
      for (int i = 0; i < count; i++) {
        columns.add(i < names.size() ? names.get(i) : String.valueOf(i + 1));
        indices.put(String.valueOf(i + 1), i);
      }
      for (int i = 0; i < names.size(); i++) {
        if (indices.put(names.get(i), i) != null) {
          throw wrong(
              number,
              "expected each name of data.names once, and no number, got %s; name them apart"
                  .formatted(names));
        }
      }
      return new Row.Header(source, columns, indices);
    }

    @Override
    Row.Header header() {
      var known = header;
      return known == null ? Row.Header.of(source, List.of()) : known;
    }

    @Override
    boolean tabs() {
      return tabs;
    }
  }
}
