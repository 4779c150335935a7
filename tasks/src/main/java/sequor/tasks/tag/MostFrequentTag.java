package sequor.tasks.tag;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import sequor.tasks.TaskException;

/// Gives a word the tag that it has most often in the training sentences; one that is not there
/// what it has in small letters, and one that is not there either the tag that words most often
/// have. Of equally frequent tags it is the first in alphabetical order.
public final class MostFrequentTag implements TagFloor {
  private final Map<String, String> words;
  private final Map<String, String> lower;
  private final String otherwise;

  private MostFrequentTag(Map<String, String> words, Map<String, String> lower, String otherwise) {
    this.words = words;
    this.lower = lower;
    this.otherwise = otherwise;
  }

  /// @throws TaskException if there is no word to learn from
  public static MostFrequentTag train(List<TaggedSentence> sentences) {
    var words = new HashMap<String, Map<String, Integer>>();
    var lower = new HashMap<String, Map<String, Integer>>();
    var all = new HashMap<String, Integer>();
    for (var sentence : sentences) {
      for (int i = 0; i < sentence.tokens().size(); i++) {
        var token = sentence.tokens().get(i);
        var tag = sentence.tags().get(i);
        words.computeIfAbsent(token, _ -> new HashMap<>()).merge(tag, 1, Integer::sum);
        lower.computeIfAbsent(small(token), _ -> new HashMap<>()).merge(tag, 1, Integer::sum);
        all.merge(tag, 1, Integer::sum);
      }
    }
    if (all.isEmpty()) {
      throw new TaskException(
          "most frequent tag: expected words to learn from, got none; check the training split");
    }
    return new MostFrequentTag(mostOfEach(words), mostOfEach(lower), most(all));
  }

  private static Map<String, String> mostOfEach(
      Map<String, ? extends Map<String, Integer>> counts) {
    var most = new HashMap<String, String>();
    counts.forEach((word, tags) -> most.put(word, most(tags)));
    return most;
  }

  private static String most(Map<String, Integer> tags) {
    var order =
        Comparator.comparingInt((Map.Entry<String, Integer> each) -> -each.getValue())
            .thenComparing(Map.Entry::getKey);
    return tags.entrySet().stream().min(order).orElseThrow().getKey();
  }

  private static String small(String token) {
    return token.toLowerCase(Locale.ROOT);
  }

  @Override
  public String method() {
    return "the most frequent tag of each word";
  }

  @Override
  public List<String> tag(List<String> tokens) {
    return tokens.stream().map(this::tag).toList();
  }

  private String tag(String token) {
    var own = words.get(token);
    return own != null ? own : lower.getOrDefault(small(token), otherwise);
  }
}
