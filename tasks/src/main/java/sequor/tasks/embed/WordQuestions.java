package sequor.tasks.embed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import sequor.data.DataException;
import sequor.data.Row;

/// Questions about words, as they are published: pairs of words with how alike people find them,
/// and analogies in sections.
///
/// ```
/// tiger cat 7.35          or with tabs, commas or semicolons between; lines with # are comments
///
/// : capital-common-countries
/// Athens Greece Baghdad Iraq
/// ```
final class WordQuestions {
  private static final Pattern BETWEEN = Pattern.compile("[\\s,;]+");

  private WordQuestions() {}

  /// Two words and how alike people find them.
  record Pair(String first, String second, double alike) {}

  /// `a : b = c : d`
  record Analogy(String section, String a, String b, String c, String d) {}

  /// What a file of questions asks.
  record Asked(List<Pair> pairs, List<Analogy> analogies) {
    Asked {
      pairs = List.copyOf(pairs);
      analogies = List.copyOf(analogies);
    }
  }

  /// Whether lines are questions: the first is a section's name, or the first or second ends with a
  /// number after two words.
  static boolean isAsked(List<String> head) {
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
      String[] words = BETWEEN.split(line, -1);
      var pair = pair(line);
      if (words.length == 4 && pair.isEmpty()) {
        analogies.add(new Analogy(section, words[0], words[1], words[2], words[3]));
      } else if (pair.isPresent()) {
        pairs.add(pair.get());
      } else if (!pairs.isEmpty() || !analogies.isEmpty() || row != rows.getFirst()) {
        throw new DataException(
            ("%s: expected two words and a number, or four words, got \"%s\"; write the line so, or"
                    + " leave it out")
                .formatted(row.place(), line.length() > 60 ? line.substring(0, 60) + "…" : line));
      }
    }
    return new Asked(pairs, analogies);
  }

  private static Optional<Pair> pair(String line) {
    String[] words = BETWEEN.split(line.strip(), -1);
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
