package sequor.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import java.util.List;

/// Gathers the fields of a row, and remembers the line it began on even when it never ends.
final class CsvFields extends AbstractBaseCsvCallbackHandler<CsvFields.Line> {
  /// The fields of a row, and where it begins.
  record Line(long number, List<String> fields) {}

  private final List<String> fields = new ArrayList<>();
  private long line = 1;

  long line() {
    return line;
  }

  @Override
  protected void handleBegin(long startingLineNumber) {
    line = startingLineNumber;
    fields.clear();
  }

  @Override
  protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
    fields.add(new String(buffer, offset, length));
  }

  @Override
  protected Line buildRecord() {
    return new Line(line, List.copyOf(fields));
  }
}
