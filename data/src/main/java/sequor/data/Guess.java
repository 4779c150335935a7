package sequor.data;

import java.util.List;
import java.util.Optional;

/// What a file that holds no rows of text is, by how it begins, and what to do about it.
///
/// @param what it is
/// @param advice what to do
record Guess(String what, String advice) {
  private static final String CONVERT = "save it as .csv in UTF-8";

  private record Known(String start, Guess guess) {}

  private static final List<Known> ALL =
      List.of(
          known("PK\u0003\u0004", "a zip archive, as spreadsheets (.xlsx, .ods) are too", CONVERT),
          known("%PDF", "a PDF", CONVERT),
          known("\u00d0\u00cf\u0011\u00e0", "an old spreadsheet or document (.xls, .doc)", CONVERT),
          known("PAR1", "a Parquet file", CONVERT),
          known("\u0089PNG", "a picture", "name another file"),
          known("\u00ff\u00fe", "text in UTF-16", "save it in UTF-8"),
          known("\u00fe\u00ff", "text in UTF-16", "save it in UTF-8"),
          known(
              "version https://git-lfs",
              "a pointer of Git LFS instead of the file itself",
              "fetch that with git lfs pull"),
          known("<!doctype html", "a web page", "fetch the file that it shows"),
          known("<html", "a web page", "fetch the file that it shows"));

  private static Known known(String start, String what, String advice) {
    return new Known(start, new Guess(what, advice));
  }

  /// @param head how it begins: as text, or one character a byte
  static Optional<Guess> of(String head) {
    String start = head.stripLeading();
    return ALL.stream()
        .filter(known -> start.regionMatches(true, 0, known.start, 0, known.start.length()))
        .map(Known::guess)
        .findFirst();
  }
}
