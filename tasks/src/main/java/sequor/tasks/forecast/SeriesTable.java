package sequor.tasks.forecast;

import java.util.List;

/// Series that are on one timeline: whether a file has a column a series, or a row a number, this
/// is what it becomes.
///
/// @param timeline step 0 is the first of all
/// @param known the columns that are known before
/// @param statics the columns that are the same in all rows of a series
/// @param found what a user should know of the file
record SeriesTable(
    Timeline timeline,
    List<Series> series,
    List<String> known,
    List<String> statics,
    List<String> found) {
  SeriesTable {
    statics = List.copyOf(statics);
    series = List.copyOf(series);
    known = List.copyOf(known);
    found = List.copyOf(found);
  }

  /// The step behind the last of all.
  int end() {
    return series.stream().mapToInt(Series::end).max().orElse(0);
  }
}
