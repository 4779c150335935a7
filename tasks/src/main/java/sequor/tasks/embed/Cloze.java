package sequor.tasks.embed;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// How well vectors know which word belongs into a gap: the one that stands there, or one that was
/// drawn from the same text. That is told by the cosine with the mean of the words around; chance
/// is right half of the time, whatever the words' frequencies.
final class Cloze {
  /// Words on each side.
  private static final int AROUND = 5;

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
        .filter(place -> text[place] != Corpus.END && hasAround(place))
        .mapToObj(place -> gap(place, words, units))
        .toList();
  }

  private boolean hasAround(int place) {
    return (place > 0 && text[place - 1] != Corpus.END)
        || (place + 1 < text.length && text[place + 1] != Corpus.END);
  }

  private Gap gap(int place, int[] words, Map<Integer, float[]> units) {
    int word = text[place];
    int drawn = words[new Draws().at(0, place).below(words.length)];
    float[] mean = around(place, units);
    double own = dot(mean, unit(units, word));
    double other = dot(mean, unit(units, drawn));
    boolean byChance = own == other && (place & 1) == 0; // the same word is right half of the time
    return new Gap(word, drawn, own > other || byChance);
  }

  private float[] around(int place, Map<Integer, float[]> units) {
    float[] mean = new float[unit(units, text[place]).length];
    for (int step : new int[] {-1, 1}) {
      for (int at = place + step; Math.abs(at - place) <= AROUND; at += step) {
        if (at < 0 || at >= text.length || text[at] == Corpus.END) {
          break;
        }
        float[] unit = unit(units, text[at]);
        for (int d = 0; d < mean.length; d++) {
          mean[d] += unit[d];
        }
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
