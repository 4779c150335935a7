package sequor.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sequor.settings.Settings;

/// `format: conllu`: CoNLL-U, the format of Universal Dependencies: ten columns with tabs between
/// (`id form lemma upos xpos feats head deprel deps misc`, or `1` to `10`), a blank line behind
/// each sentence, `#` before comments.
///
/// Words that are written as one (`1-2`) and nodes that nobody wrote (`1.1`) are no tokens; they
/// are there again when a sentence is written.
///
/// Source: <https://universaldependencies.org/format.html>
public record ConlluFormat() implements TokenFormat {
  private static final List<String> COLUMNS =
      List.of("id", "form", "lemma", "upos", "xpos", "feats", "head", "deprel", "deps", "misc");

  @Override
  public String name() {
    return "conllu";
  }

  @Override
  public String about() {
    return "CoNLL-U, a word a line";
  }

  @Override
  public boolean fits(String name, String head) {
    return name.endsWith(".conllu");
  }

  @Override
  public Source<Sentence> sentences(Path file, Settings settings) {
    return () -> new Lines(file);
  }

  /// The columns are also found by their numbers.
  private static Row.Header header(String source) {
    var indices = new HashMap<String, Integer>();
    for (int i = 0; i < COLUMNS.size(); i++) {
      indices.put(COLUMNS.get(i), i);
      indices.put(String.valueOf(i + 1), i);
    }
    return new Row.Header(source, COLUMNS, indices);
  }

  private static final class Lines extends TokenLines {
    private final Row.Header header;
    private int words; // of the sentence

    Lines(Path file) {
      super(file);
      header = ConlluFormat.header(source);
    }

    @Override
    @Nullable List<String> token(String line, long number, boolean first) {
      if (line.startsWith("#")) {
        return null;
      }
      words = first ? 0 : words;
      var fields = texts(line, true);
      if (fields.size() != COLUMNS.size()) {
        throw wrong(
            number,
            "expected %d columns with tabs between, got %d; see universaldependencies.org/format.html"
                .formatted(COLUMNS.size(), fields.size()));
      }
      if (fields.getFirst().matches("\\d{1,9}(-\\d{1,9}|\\.\\d{1,9})")) {
        return null;
      }
      if (!fields.getFirst().equals(String.valueOf(words + 1))) {
        throw wrong(number, notNext(fields.getFirst()));
      }
      words++;
      if (fields.get(1).isEmpty()) {
        throw wrong(number, "expected a word in column 2, got none; write _ for none");
      }
      return new ArrayList<>(fields);
    }

    private String notNext(String id) {
      return "expected word %d (or a range such as 1-2, or a node such as 1.1), got '%s'; %s"
          .formatted(
              words + 1,
              id.length() > 20 ? id.substring(0, 20) + "…" : id,
              id.equals("1") ? "is a blank line missing before it?" : "number the words");
    }

    @Override
    Row.Header header() {
      return header;
    }

    @Override
    boolean tabs() {
      return true;
    }
  }
}
