package sequor.tasks;

import java.util.List;
import java.util.SequencedMap;
import sequor.json.JsonObject;

/// What a model says of one input, as it is printed.
public interface Answer {
  /// All of it.
  ///
  /// @param top how many of the likeliest, where there are several
  JsonObject json(int top);

  /// What a table gains: a value by the name of its new column.
  SequencedMap<String, String> fields();

  /// What a table gains in one of the rows that were read as one ([sequor.data.Row#parts]).
  ///
  /// @param part which one, from 0
  default SequencedMap<String, String> fields(int part) {
    return fields();
  }

  /// The pieces of a line for people, which are set below each other.
  ///
  /// @param top how many of the likeliest, where there are several
  List<String> cells(int top);

  /// All that could be said, the best first, each as the pieces of a line: a score and a text; one
  /// line where there is no more to say.
  ///
  /// @param top how many at most
  default List<List<String>> ranked(int top) {
    return List.of(cells(top));
  }

  /// What is said of pieces of what was read, where that is what is said: of words, say.
  default List<Piece> pieces() {
    return List.of();
  }

  /// A piece of what was read.
  ///
  /// @param said of it
  record Piece(String text, String said) {}
}
