package sequor.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import sequor.AtomicFile;
import sequor.data.Row;
import sequor.data.Source;
import sequor.data.TableWriter;
import sequor.json.Json;
import sequor.tasks.Continues;
import sequor.tasks.Evaluation.Predictions;

/// Writes what a run says of a table as a whole: a table of its own, or an object a row.
final class SeriesWriter {
  private final Output output;
  private final Optional<Path> out;

  /// @param out a file instead of standard output
  SeriesWriter(Output output, Optional<Path> out) {
    this.output = output;
    this.out = out;
  }

  /// @param unusual whether it is asked what was not to be expected, and not what comes
  void write(Source<Row> rows, Continues run, OptionalInt steps, boolean unusual) {
    var said = unusual ? run.unusual(rows) : run.next(rows, steps);
    boolean json = output.json || out.filter(RowsWriter::isJson).isPresent();
    String text = json ? lines(said) : table(said);
    if (out.isPresent()) {
      AtomicFile.write(out.get(), text);
      output.line("written to " + out.get());
      return;
    }
    PrintWriter writer = output.out();
    writer.print(text);
    writer.flush();
  }

  private String table(Predictions said) {
    var text = new StringWriter();
    char separator = out.map(TableWriter::separator).orElse(',');
    try (var table = new TableWriter(text, separator, said.columns())) {
      said.rows().forEach(table::row);
    }
    return text.toString();
  }

  private static String lines(Predictions said) {
    var text = new StringBuilder();
    for (var row : said.rows()) {
      text.append(line(said.columns(), row)).append('\n');
    }
    return text.toString();
  }

  /// All that stands behind the series and the time is a number.
  private static Json line(List<String> columns, List<String> row) {
    var object = Json.object();
    for (int i = 0; i < row.size(); i++) {
      boolean number = i >= 2 && !row.get(i).isEmpty();
      object = object.with(columns.get(i), number ? Double.valueOf(row.get(i)) : row.get(i));
    }
    return object;
  }
}
