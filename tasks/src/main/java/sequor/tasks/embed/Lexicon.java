package sequor.tasks.embed;

import java.util.Arrays;
import java.util.List;

/// The words that get a vector, and how often each occurs.
final class Lexicon {
  private final List<String> words;
  private final long[] counts;
  private final long total;

  Lexicon(List<String> words, long[] counts) {
    this.words = List.copyOf(words);
    this.counts = counts.clone();
    this.total = Arrays.stream(counts).sum();
  }

  int size() {
    return words.size();
  }

  List<String> words() {
    return words;
  }

  long count(int word) {
    return counts[word];
  }

  long[] counts() {
    return counts.clone();
  }

  /// How many of the text's words these are.
  long total() {
    return total;
  }

  /// How likely a word is kept where frequent ones are left out at times: `√(t/f) + t/f`, at most
  /// 1, of its share `f` of the text, as word2vec and fastText have it.
  float[] kept(double t) {
    float[] kept = new float[counts.length];
    for (int word = 0; word < kept.length; word++) {
      double ratio = t * total / Math.max(1, counts[word]);
      kept[word] = t == 0 ? 1 : (float) Math.min(1, Math.sqrt(ratio) + ratio);
    }
    return kept;
  }
}
