package sequor.vectors;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Words and vectors as a file gives them, one after the other.
final class Gathered {
  private static final char REPLACEMENT = '\uFFFD';

  private final VectorReading reading;
  private final int dimension;
  private final List<String> words = new ArrayList<>();
  private final Map<String, Integer> index = new HashMap<>();
  private final Rows.InMemory rows;
  private long repeated;
  private long damaged;
  private long left;
  private long read;

  Gathered(VectorReading reading, int dimension) {
    this.reading = reading;
    this.dimension = dimension;
    this.rows = new Rows.InMemory(dimension);
  }

  /// Whether the vector of a word is wanted, which is there for the first time. Words that are not
  /// in UTF-8 may only look the same, and are all kept.
  boolean wants(String word) {
    read++;
    boolean isDamaged = word.indexOf(REPLACEMENT) >= 0;
    damaged += isDamaged ? 1 : 0;
    if (!reading.wants(word)) {
      return false;
    }
    boolean again = index.containsKey(word) && !isDamaged;
    repeated += again ? 1 : 0;
    return !again;
  }

  /// A word that [#wants].
  void add(String word, float[] row) {
    index.putIfAbsent(word, words.size());
    words.add(word);
    rows.add(row);
  }

  /// A row that is wrong and left out.
  void leave() {
    left++;
  }

  /// How many words the file had so far, wanted or not.
  long read() {
    return read;
  }

  boolean isFull() {
    return read >= reading.most();
  }

  /// @param expected how many words the file says that it has, if it says so
  WordVectors done(String format, Optional<Integer> expected) {
    var notices = new ArrayList<String>();
    if (expected.isPresent() && expected.get() != read + left && !isFull()) {
      if (!reading.isLenient()) {
        throw reading.wrong(
            "expected %,d words, as its first line says, got %,d; fetch or make it again, or read"
                + " it leniently to take what there is",
            expected.get(), read);
      }
      notices.add(
          "the first line speaks of %,d words, there are %,d".formatted(expected.get(), read));
    }
    if (read == 0) {
      throw reading.wrong("expected word vectors, got none; fetch or make it again");
    }
    if (repeated > 0) {
      notices.add("%,d words are there again; their first vector is kept".formatted(repeated));
    }
    if (damaged > 0) {
      notices.add("%,d words are not in UTF-8; what is wrong there is U+FFFD".formatted(damaged));
    }
    if (left > 0) {
      notices.add("%,d rows are wrong and left out".formatted(left));
    }
    return new WordVectors(format, words, index, dimension, rows.trimmed(), notices);
  }
}
