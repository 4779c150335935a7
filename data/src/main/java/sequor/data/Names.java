package sequor.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The data set that is always there: surnames and the languages they are at home in.
///
/// ```java
/// DataSet<Row> names = Names.table().splitBy("split");
/// ```
///
/// Most come from the lists that Datafaker (Apache-2.0) makes up people with. Kept are names in
/// Latin letters that only one language lists, at most 500 a language, chosen and dealt out by a
/// hash (70 % train, 15 % valid, 15 % test); `names.md` beside the table says more.
public final class Names {
  private Names() {}

  /// The columns `name`, `language` and `split`; languages and the names in each are in order.
  public static Table table() {
    try (InputStream in = Names.class.getResourceAsStream("names.csv")) {
      if (in == null) {
        throw new IllegalStateException("names.csv is missing from this build");
      }
      return TableReader.csv().read(in, "names");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
