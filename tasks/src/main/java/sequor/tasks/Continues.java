package sequor.tasks;

import java.util.OptionalInt;
import sequor.data.Row;
import sequor.data.Source;

/// A model that goes on with what a table holds: not a row at a time, but behind its last one.
public interface Continues {
  /// What comes next, as a table of its own.
  ///
  /// @param steps how many; none for as many as it has learned to say
  /// @throws sequor.data.DataException if the table holds too little to go on with
  Evaluation.Predictions next(Source<Row> rows, OptionalInt steps);

  /// What in the table is outside of what was to be expected of it, as a table of its own.
  ///
  /// @throws sequor.data.DataException if the table holds too little to expect something
  Evaluation.Predictions unusual(Source<Row> rows);
}
