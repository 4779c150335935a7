package sequor.tasks.embed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import sequor.data.DataException;
import sequor.data.LinesFormat;
import sequor.data.Row;
import sequor.data.Source;
import sequor.json.Json;
import sequor.settings.Places;
import sequor.settings.Settings;

/// Questions about words, as they are published: pairs of words with how alike people find them,
/// and analogies in sections.
///
/// ```
/// tiger cat 7.35          or with tabs, semicolons or commas between; lines with # are comments
///
/// : capital-common-countries
/// Athens Greece Baghdad Iraq
/// ```
final class WordQuestions {
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final String COLUMN = "text"; // of a file whose rows are lines

  private WordQuestions() {}

  /// Two words and how alike people find them.
  record Pair(String first, String second, double alike) {}

  /// `a : b = c : d`
  record Analogy(String section, String a, String b, String c, String d) {
    Stream<String> words() {
      return Stream.of(a, b, c, d);
    }
  }

  /// What a file of questions asks.
  record Asked(List<Pair> pairs, List<Analogy> analogies) {
    Asked {
      pairs = List.copyOf(pairs);
      analogies = List.copyOf(analogies);
    }
  }

  /// Reads a file, whatever its name; it may be gzipped.
  ///
  /// @throws DataException if a line is no question
  static Asked read(Path file) {
    return of(lines(file).toList(), COLUMN);
  }

  /// Whether a file is one of questions, by its first lines.
  static boolean areIn(Path file) {
    try {
      return isAsked(lines(file), COLUMN);
    } catch (DataException e) {
      return false; // what is wrong there is said to whoever reads it as something else
    }
  }

  private static Source<Row> lines(Path file) {
    return new LinesFormat().open(file, new Settings(Json.object(), "data.", Places.NOWHERE));
  }

  /// Whether lines are questions: the first is a section's name, or the first or second ends with a
  /// number after two words.
  static boolean isAsked(Source<Row> rows, String column) {
    var head = new ArrayList<String>();
    try (var cursor = rows.open()) {
      while (head.size() < 2 && cursor.hasNext()) {
        head.add(cursor.next().field(column));
      }
    }
    return head.stream().limit(1).anyMatch(line -> line.startsWith(":"))
        || head.stream().limit(2).anyMatch(line -> pair(line).isPresent());
  }

  /// @throws DataException if a line is none of both
  static Asked of(List<Row> rows, String column) {
    var pairs = new ArrayList<Pair>();
    var analogies = new ArrayList<Analogy>();
    String section = "";
    for (var row : rows) {
      String line = row.field(column).strip();
      if (line.startsWith("#") || line.isEmpty()) {
        continue;
      }
      if (line.startsWith(":")) {
        section = line.substring(1).strip();
        continue;
      }
      String[] words = fields(line);
      var pair = pair(line);
      if (words.length == 4 && pair.isEmpty()) {
        analogies.add(new Analogy(section, words[0], words[1], words[2], words[3]));
      } else if (pair.isPresent()) {
        pairs.add(pair.get());
      } else if (!pairs.isEmpty()
          || !analogies.isEmpty()
          || row != rows.getFirst()
          || hasDigit(words[words.length - 1])) {
        throw new DataException(
            ("%s: expected two words and a number, or four words, got \"%s\"; write the line so, or"
                    + " leave it out")
                .formatted(row.place(), line.length() > 60 ? line.substring(0, 60) + "…" : line));
      }
    }
    return new Asked(pairs, analogies);
  }

  /// A last column that has one is no name, but a number with a mistake.
  private static boolean hasDigit(String field) {
    return field.chars().anyMatch(Character::isDigit);
  }

  /// Between tabs words may hold spaces.
  private static String[] fields(String line) {
    for (var between : List.of("\t", ";", ",")) {
      if (line.contains(between)) {
        return Arrays.stream(line.split(between, -1)).map(String::strip).toArray(String[]::new);
      }
    }
    return SPACES.split(line, -1);
  }

  private static Optional<Pair> pair(String line) {
    String[] words = fields(line.strip());
    if (words.length != 3) {
      return Optional.empty();
    }
    try {
      double alike = Double.parseDouble(words[2]);
      return Double.isFinite(alike)
          ? Optional.of(new Pair(words[0], words[1], alike))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
