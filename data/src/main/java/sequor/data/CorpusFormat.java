package sequor.data;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import sequor.json.Json;
import sequor.settings.Places;
import sequor.settings.Section;
import sequor.settings.Settings;

/// `format: corpus`: much text, of a file, or of all files below a folder or of a pattern, in the
/// order of their paths; gzipped or not. JSON Lines (`.jsonl`) and tables (`.csv`, `.tsv`) are read
/// as such; of all else each line is a text, and one of many thousand characters, such as the whole
/// of text8, some texts that end where a word does. Empty lines are left out.
public record CorpusFormat() implements Format {
  @Override
  public String name() {
    return "corpus";
  }

  @Override
  public String about() {
    return "text in any number of files";
  }

  /// Never: a single file of text is most often more than words.
  @Override
  public boolean fits(String name, String head) {
    return false;
  }

  @Override
  public boolean readsFolders() {
    return true;
  }

  @Override
  public Source<Row> open(Path file, Settings settings) {
    var files = TextFiles.of(file.toString());
    return () -> new Files(files.iterator());
  }

  private static Source<Row> rows(Path file) {
    AutoFormat.requireText(file);
    String name =
        String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    if (name.matches(".*\\.(jsonl|ndjson|csv|tsv)")) {
      var format = AutoFormat.of(file);
      var standard = Section.of(format.settings());
      return format.open(file, standard.complete(Json.object(), "data.", Places.of(file)));
    }
    String source = String.valueOf(file.getFileName());
    var header = Row.Header.of(source, List.of("text"));
    return () -> new CorpusLines(Format.reader(file), file, header);
  }

  /// The rows of one file after the other.
  private static final class Files extends LookAhead<Row> {
    private final Iterator<Path> files;
    private Cursor<Row> rows = Cursor.of(List.<Row>of().iterator());

    Files(Iterator<Path> files) {
      this.files = files;
    }

    @Override
    @Nullable Row fetch() {
      while (!rows.hasNext()) {
        rows.close();
        if (!files.hasNext()) {
          return null;
        }
        rows = rows(files.next()).open();
      }
      return rows.next();
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
