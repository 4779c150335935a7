package sequor.text;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import java.util.List;

/// Gathers the fields of a row, and remembers the line it began on even when it never ends.
final class CsvFields extends AbstractBaseCsvCallbackHandler<List<String>> {
  private final List<String> fields = new ArrayList<>();
  private int line = 1;

  int line() {
    return line;
  }

  @Override
  protected void handleBegin(long startingLineNumber) {
    line = Math.toIntExact(startingLineNumber);
    fields.clear();
  }

  @Override
  protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
    fields.add(new String(buffer, offset, length));
  }

  @Override
  protected List<String> buildRecord() {
    return List.copyOf(fields);
  }
}
