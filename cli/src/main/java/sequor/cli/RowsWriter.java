package sequor.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import sequor.data.Row;
import sequor.data.TableWriter;
import sequor.json.Json;
import sequor.recipes.RecipeException;
import sequor.tasks.Answer;

/// Writes the rows of a table with what a model says of them: CSV or TSV with more columns, or JSON
/// Lines with more members.
final class RowsWriter {
  private final Writer out;
  private final Path file;
  private final boolean json;
  private final int top;
  private Optional<TableWriter> table = Optional.empty();
  private int width; // of the rows of the table, without what is said of them

  /// @param file whose name says what is written
  RowsWriter(Writer out, Path file, int top) {
    this.out = out;
    this.file = file;
    this.json = isJson(file);
    this.top = top;
  }

  /// Whether that is a name of a kind of file that is written.
  static boolean writes(Path file) {
    return String.valueOf(file.getFileName()).matches("(?i).*\\.(csv|tsv|tab|jsonl|ndjson)");
  }

  /// Whether a file of that name, gzipped or not, holds an object a line.
  static boolean isJson(Path file) {
    return String.valueOf(file.getFileName()).matches("(?i).*\\.(jsonl|ndjson)(\\.gz)?");
  }

  void write(List<Row> rows, List<? extends Answer> answers) throws IOException {
    for (int i = 0; i < rows.size(); i++) {
      if (json) {
        object(rows.get(i), answers.get(i));
      } else if (rows.get(i).parts().isEmpty()) {
        fields(rows.get(i), answers.get(i).fields());
      } else {
        parts(rows.get(i).parts(), answers.get(i));
      }
    }
  }

  /// The rows of a file that were read as one, each for itself.
  private void parts(List<Row> parts, Answer answer) {
    for (int part = 0; part < parts.size(); part++) {
      fields(parts.get(part), answer.fields(part));
    }
  }

  private void object(Row row, Answer answer) throws IOException {
    var object = Json.object();
    for (var column : row.columns()) {
      object = object.with(column, row.json(column));
    }
    var taken = new HashSet<>(row.columns());
    for (var member : answer.json(top).members().entrySet()) {
      if (!member.getKey().equals("text")) {
        object = object.with(free(member.getKey(), taken), member.getValue());
      }
    }
    out.write(object + "\n");
  }

  private void fields(Row row, SequencedMap<String, String> fields) {
    if (table.isEmpty()) {
      var columns = new ArrayList<>(row.columns());
      var taken = new HashSet<>(columns);
      fields.keySet().forEach(name -> columns.add(free(name, taken)));
      table = Optional.of(new TableWriter(open(out), TableWriter.separator(file), columns));
      width = row.columns().size();
    }
    if (row.columns().size() > width) {
      throw new RecipeException(
          "%s: expected the columns of the rows before, got %s too, which a table has no room for; write .jsonl (--out FILE.jsonl)"
              .formatted(
                  row.place(),
                  String.join(", ", row.columns().subList(width, row.columns().size()))));
    }
    var all = new ArrayList<>(row.fields());
    all.addAll(fields.values());
    table.get().row(all);
  }

  /// Passes on what is still held back.
  void flush() throws IOException {
    table.ifPresent(TableWriter::close);
    out.flush();
  }

  /// The writer, which stays open when the table is closed.
  private static Writer open(Writer out) {
    return new FilterWriter(out) {
      @Override
      public void close() throws IOException {
        flush();
      }
    };
  }

  /// The name, or, where the table has it already, one that it has not.
  private static String free(String name, Set<String> taken) {
    String free = name;
    for (int i = 2; !taken.add(free); i++) {
      free = name + "_" + i;
    }
    return free;
  }
}
