package sequor.tasks.embed;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// How well vectors know which word belongs into a gap: the one that stands there, or one that was
/// drawn from the same text and does not stand around the gap. That is told by the cosine with the
/// mean of the words around; chance is right half of the time, whatever the words' frequencies.
final class Cloze {
  /// Words on each side.
  private static final int AROUND = 5;

  private static final int MOST_TRIES = 20;

  private final int[] text;

  private Cloze(int[] text) {
    this.text = text;
  }

  /// The first words of a text.
  ///
  /// @param most how many
  static Cloze of(Corpus corpus, int most) {
    int[] text = new int[(int) Math.min(corpus.size(), most)];
    corpus.read(0, text, text.length);
    return new Cloze(text);
  }

  /// One gap.
  ///
  /// @param word that stands there
  /// @param drawn in its place
  /// @param right whether it is the likelier one
  record Gap(int word, int drawn, boolean right) {}

  /// All gaps that have a word around, of which both words have a vector.
  List<Gap> fill(IntFunction<float[]> vectors) {
    int[] words = Arrays.stream(text).filter(word -> word != Corpus.END).toArray();
    Map<Integer, float[]> units = new HashMap<>();
    for (int word : words) {
      units.computeIfAbsent(word, each -> unit(vectors.apply(each)));
    }
    return IntStream.range(0, words.length == 0 ? 0 : text.length)
        .parallel()
        .filter(place -> text[place] != Corpus.END && to(place) - from(place) > 1)
        .mapToObj(place -> gap(place, words, units))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Gap> gap(int place, int[] words, Map<Integer, float[]> units) {
    var draws = new Draws().at(0, place);
    int word = text[place];
    int drawn = words[draws.below(words.length)];
    for (int tries = 0; stands(drawn, place); tries++) {
      if (tries == MOST_TRIES) {
        return Optional.empty();
      }
      drawn = words[draws.below(words.length)];
    }
    float[] mean = around(place, units);
    double own = dot(mean, unit(units, word));
    double other = dot(mean, unit(units, drawn));
    boolean byChance = own == other && (place & 1) == 0; // where vectors do not tell
    return Optional.of(new Gap(word, drawn, own > other || byChance));
  }

  /// Whether a word stands at a place or around it.
  private boolean stands(int word, int place) {
    for (int at = from(place); at < to(place); at++) {
      if (text[at] == word) {
        return true;
      }
    }
    return false;
  }

  private int from(int place) {
    int from = place;
    while (from > Math.max(0, place - AROUND) && text[from - 1] != Corpus.END) {
      from--;
    }
    return from;
  }

  private int to(int place) {
    int to = place + 1;
    while (to < Math.min(text.length, place + AROUND + 1) && text[to] != Corpus.END) {
      to++;
    }
    return to;
  }

  private float[] around(int place, Map<Integer, float[]> units) {
    float[] mean = new float[unit(units, text[place]).length];
    for (int at = from(place); at < to(place); at++) {
      float[] unit = unit(units, text[at]);
      for (int d = 0; at != place && d < mean.length; d++) {
        mean[d] += unit[d];
      }
    }
    return mean;
  }

  private static float[] unit(Map<Integer, float[]> units, int word) {
    return units.getOrDefault(word, new float[0]);
  }

  private static float[] unit(float[] vector) {
    double length = Math.sqrt(dot(vector, vector));
    float[] unit = vector.clone();
    for (int d = 0; length > 0 && d < unit.length; d++) {
      unit[d] = (float) (unit[d] / length);
    }
    return unit;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (double) a[d] * b[d];
    }
    return sum;
  }
}
