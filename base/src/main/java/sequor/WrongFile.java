package sequor;

import java.util.List;
import java.util.Optional;

/// What a file is that is not the one a reader needs, by how it begins: a download of the page
/// instead of the file, a spreadsheet instead of a table.
///
/// @param what it is
/// @param advice what to do about it
public record WrongFile(String what, String advice) {
  private static final String CONVERT = "";

  private record Known(String start, String what, String advice) {}

  private static final List<Known> ALL =
      List.of(
          new Known("PK\u0003\u0004", "a zip archive, as .xlsx, .ods and .pt are too", CONVERT),
          new Known("%PDF", "a PDF", CONVERT),
          new Known("\u00d0\u00cf\u0011\u00e0", "an old .xls or .doc", CONVERT),
          new Known("PAR1", "a Parquet file", CONVERT),
          new Known("\u0089HDF", "an HDF5 file", CONVERT),
          new Known("GGUF", "a GGUF file", CONVERT),
          new Known("\u0080\u0002", "a Python pickle", CONVERT),
          new Known("\u0089PNG", "a picture", "name another file"),
          new Known("\u00ff\u00fe", "text in UTF-16", "save it in UTF-8"),
          new Known("\u00fe\u00ff", "text in UTF-16", "save it in UTF-8"),
          new Known(
              "version https://git-lfs",
              "a pointer of Git LFS instead of the file itself",
              "fetch that with git lfs pull"),
          new Known("<!doctype html", "a web page", "fetch the file that it shows"),
          new Known("<html", "a web page", "fetch the file that it shows"));

  /// @param head how the file begins, one character a byte
  /// @param convert what to do about one that holds the right thing in the wrong form
  public static Optional<WrongFile> of(String head, String convert) {
    String start = head.stripLeading();
    return ALL.stream()
        .filter(known -> start.regionMatches(true, 0, known.start, 0, known.start.length()))
        .map(known -> new WrongFile(known.what, known.advice.isEmpty() ? convert : known.advice))
        .findFirst();
  }
}
