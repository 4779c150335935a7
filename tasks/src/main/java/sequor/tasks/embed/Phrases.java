package sequor.tasks.embed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sequor.json.Json;
import sequor.json.JsonFile;
import sequor.tasks.TaskException;

/// Words that stand side by side and are taken for one: `new york` → `new_york`. Passes follow one
/// another, so that a pass joins what those before it have joined: `new_york times` →
/// `new_york_times`. In a pass, words are joined from left to right, and none twice.
///
/// It is immutable and shared by threads.
final class Phrases {
  private static final String BETWEEN = "between"; // in the file
  private static final String PASSES = "passes";

  private final String between;
  private final List<Map<String, Map<String, String>>> passes; // first → second → phrase

  private Phrases(String between, List<Map<String, Map<String, String>>> passes) {
    this.between = between;
    this.passes = passes;
  }

  /// Two words, or phrases of earlier passes.
  record Pair(String first, String second) {}

  static Phrases none(String between) {
    return new Phrases(between, List.of());
  }

  /// With a pass behind the others.
  Phrases and(List<Pair> pairs) {
    var pass = new HashMap<String, Map<String, String>>();
    for (var pair : pairs) {
      pass.computeIfAbsent(pair.first, _ -> new HashMap<>()).put(pair.second, joined(pair));
    }
    var all = new ArrayList<>(passes);
    all.add(pass);
    return new Phrases(between, List.copyOf(all));
  }

  /// How a phrase is written.
  String joined(Pair pair) {
    return pair.first + between + pair.second;
  }

  boolean isEmpty() {
    return passes.stream().allMatch(Map::isEmpty);
  }

  /// How many there are.
  int size() {
    return passes.stream().flatMap(pass -> pass.values().stream()).mapToInt(Map::size).sum();
  }

  /// The words of a text, those that are phrases joined.
  List<String> join(List<String> words) {
    var joined = words;
    for (var pass : passes) {
      joined = join(joined, pass);
    }
    return joined;
  }

  private static List<String> join(List<String> words, Map<String, Map<String, String>> pass) {
    var joined = new ArrayList<String>(words.size());
    for (int i = 0; i < words.size(); i++) {
      var seconds = pass.get(words.get(i));
      var phrase = seconds == null || i + 1 == words.size() ? null : seconds.get(words.get(i + 1));
      joined.add(phrase == null ? words.get(i) : phrase);
      i += phrase == null ? 0 : 1;
    }
    return joined;
  }

  /// Writes them: of each pass first and second words in turn, in the order of the letters.
  void save(JsonFile file) {
    var written = passes.stream().map(Phrases::words).map(Json::ofList).toList();
    file.write(Json.object().with(BETWEEN, between).with(PASSES, Json.ofList(written)));
  }

  private static List<String> words(Map<String, Map<String, String>> pass) {
    var words = new ArrayList<String>();
    pass.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            first ->
                first.getValue().keySet().stream()
                    .sorted()
                    .forEach(second -> words.addAll(List.of(first.getKey(), second))));
    return words;
  }

  /// Reads what [#save] wrote.
  ///
  /// @throws TaskException if a phrase lacks its second word
  static Phrases load(JsonFile file) {
    var read = file.read();
    var phrases = none(read.text(BETWEEN));
    for (var pass : read.array(PASSES).arrays()) {
      var words = pass.texts();
      if (words.size() % 2 != 0) {
        throw new TaskException(
            "%s: expected first and second words of phrases in turn, got %,d words; copy it again"
                .formatted(file.path(), words.size()));
      }
      var pairs = new ArrayList<Pair>();
      for (int i = 0; i < words.size(); i += 2) {
        pairs.add(new Pair(words.get(i), words.get(i + 1)));
      }
      phrases = phrases.and(pairs);
    }
    return phrases;
  }
}
