package sequor.tasks.tag;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import sequor.json.Json;
import sequor.json.JsonFile;
import sequor.models.TagCounts;
import sequor.tasks.TaskException;
import sequor.text.Vocabulary;

/// What is known of words before anything is learned: which tags they have in the training
/// sentences, and how often.
final class Lexicon {
  private static final String TAGS = "tags";
  private static final String WORDS = "words";

  private final Vocabulary vocabulary;
  private final TagCounts.Table table;

  private Lexicon(Vocabulary vocabulary, TagCounts.Table table) {
    this.vocabulary = vocabulary;
    this.table = table;
  }

  /// How well a word is known.
  enum Kind {
    /// It was seen with one tag.
    CLEAR,
    /// It was seen with several.
    AMBIGUOUS,
    /// It was not seen, or too rarely.
    UNSEEN
  }

  Kind kind(int id) {
    if (id == vocabulary.unk()) {
      return Kind.UNSEEN;
    }
    return table.tags()[id].length > 1 ? Kind.AMBIGUOUS : Kind.CLEAR;
  }

  TagCounts.Table table() {
    return table;
  }

  /// Counts words one after the other.
  static final class Builder {
    private final Vocabulary vocabulary;
    private final List<Map<Integer, Integer>> words = new ArrayList<>();
    private final long[] all;

    Builder(Vocabulary vocabulary, int tags) {
      this.vocabulary = vocabulary;
      this.all = new long[tags];
      for (int id = 0; id < vocabulary.size(); id++) {
        words.add(new TreeMap<>());
      }
    }

    /// @param id of a word; one that is unknown says nothing of another that is
    void add(int id, int tag) {
      all[tag]++;
      if (id != vocabulary.unk()) {
        words.get(id).merge(tag, 1, Integer::sum);
      }
    }

    Lexicon build() {
      int[][] tags = new int[words.size()][];
      int[][] counts = new int[words.size()][];
      for (int id = 0; id < tags.length; id++) {
        tags[id] = words.get(id).keySet().stream().mapToInt(tag -> tag).toArray();
        counts[id] = words.get(id).values().stream().mapToInt(count -> count).toArray();
      }
      return new Lexicon(vocabulary, new TagCounts.Table(tags, counts, all));
    }
  }

  /// @throws TaskException if it is not that of these words and tags
  static Lexicon load(JsonFile file, Vocabulary vocabulary, int tags) {
    var json = file.read();
    long[] all = json.array(TAGS).wholeNumbers(0, Long.MAX_VALUE);
    var words = json.array(WORDS).arrays();
    if (all.length != tags || words.size() != vocabulary.size()) {
      throw new TaskException(
          "%s: expected %,d words and %d tags, as there are, got %,d and %d; copy it again, or train it again"
              .formatted(file.path(), vocabulary.size(), tags, words.size(), all.length));
    }
    int[][] seen = new int[words.size()][];
    int[][] counts = new int[words.size()][];
    for (int id = 0; id < seen.length; id++) {
      int[] pairs = words.get(id).wholeNumbers(0, Integer.MAX_VALUE);
      seen[id] = new int[pairs.length / 2];
      counts[id] = new int[pairs.length / 2];
      for (int k = 0; k < seen[id].length; k++) {
        seen[id][k] = pairs[2 * k];
        counts[id][k] = pairs[2 * k + 1];
        if (seen[id][k] >= tags) {
          throw new TaskException(
              "%s: expected tags below %d, got %d of word %d; copy it again, or train it again"
                  .formatted(file.path(), tags, seen[id][k], id));
        }
      }
    }
    return new Lexicon(vocabulary, new TagCounts.Table(seen, counts, all));
  }

  void save(JsonFile file) {
    var words = new ArrayList<Json>();
    for (int id = 0; id < table.tags().length; id++) {
      var pairs = new ArrayList<Json>();
      for (int k = 0; k < table.tags()[id].length; k++) {
        pairs.add(Json.of(table.tags()[id][k]));
        pairs.add(Json.of(table.counts()[id][k]));
      }
      words.add(Json.ofList(pairs));
    }
    var all = Arrays.stream(table.all()).mapToObj(Json::of).toList();
    file.write(Json.object().with(TAGS, Json.ofList(all)).with(WORDS, Json.ofList(words)));
  }
}
