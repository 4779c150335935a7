package sequor.tasks.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import sequor.data.DataSet;
import sequor.data.Row;

/// Sentences of made-up words: what ends with `os` is a NAME, with `ir` a VERB, whatever stands
/// before it; `de` is a PART behind a name, and an END behind all else.
final class ToySentences {
  private ToySentences() {}

  /// 80 to learn from, 20 to validate, 20 to test, most of whose names and verbs are new.
  static DataSet<Example> sentences() {
    var random = new SplittableRandom(5);
    var parts =
        List.of(new ArrayList<Example>(), new ArrayList<Example>(), new ArrayList<Example>());
    for (int i = 0; i < 120; i++) {
      parts.get(i < 80 ? 0 : i < 100 ? 1 : 2).add(sentence(random));
    }
    return DataSet.of(parts.get(0), parts.get(1), parts.get(2));
  }

  static DataSet<Row> rows() {
    return sentences().map(ToySentences::row);
  }

  static Row row(Example example) {
    return Row.of(
        Map.of(
            "word", String.join("\n", example.tokens()), "tag", String.join("\n", example.tags())));
  }

  private static Example sentence(SplittableRandom random) {
    var tokens = new ArrayList<String>();
    var tags = new ArrayList<String>();
    int length = random.nextInt(1, 9);
    for (int t = 0; t < length; t++) {
      int kind = random.nextInt(3);
      if (kind == 2) {
        tags.add(t > 0 && tags.getLast().equals("NAME") ? "PART" : "END");
        tokens.add("de");
      } else {
        tags.add(kind == 0 ? "NAME" : "VERB");
        tokens.add(stem(random) + (kind == 0 ? "os" : "ir"));
      }
    }
    return Example.of(tokens, tags);
  }

  private static String stem(SplittableRandom random) {
    var stem = new StringBuilder();
    int length = random.nextInt(1, 5);
    for (int i = 0; i < length; i++) {
      stem.append("bcdfgklmnprtauei".charAt(random.nextInt(16)));
    }
    return stem.toString();
  }
}
