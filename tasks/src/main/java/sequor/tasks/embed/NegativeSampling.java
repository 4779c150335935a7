package sequor.tasks.embed;

/// The word that is there, and some that are drawn: `p(w) ∝ count(w)^power`.
///
/// They are drawn from a table of two words a place (Walker's alias method, in Vose's order), one
/// draw each. A draw of the word itself is drawn again.
///
/// Source: Mikolov et al., *Distributed representations of words and phrases* (2013), section 2.2.
final class NegativeSampling implements Targets {
  private static final double WHOLE = 0x1p31;

  private final int negatives;
  private final int[] threshold; // of 2³¹, below which a place stands for its own word
  private final int[] other;

  NegativeSampling(Lexicon lexicon, int negatives, double power) {
    int size = lexicon.size();
    this.negatives = size > 1 ? negatives : 0;
    this.threshold = new int[size];
    this.other = new int[size];
    double[] share = new double[size];
    double sum = 0;
    for (int word = 0; word < size; word++) {
      share[word] = StrictMath.pow((double) lexicon.count(word), power);
      sum += share[word];
    }
    fill(share, sum);
  }

  private void fill(double[] share, double sum) {
    int size = share.length;
    int[] small = new int[size];
    int[] large = new int[size];
    int smalls = 0;
    int larges = 0;
    for (int word = 0; word < size; word++) {
      share[word] *= size / sum;
      other[word] = word;
      threshold[word] = Integer.MAX_VALUE;
      if (share[word] < 1) {
        small[smalls++] = word;
      } else {
        large[larges++] = word;
      }
    }
    while (smalls > 0 && larges > 0) {
      int little = small[--smalls];
      int much = large[--larges];
      threshold[little] = (int) (share[little] * WHOLE);
      other[little] = much;
      share[much] -= 1 - share[little];
      if (share[much] < 1) {
        small[smalls++] = much;
      } else {
        large[larges++] = much;
      }
    }
  }

  @Override
  public int most() {
    return 1 + negatives;
  }

  @Override
  public int rows() {
    return threshold.length;
  }

  @Override
  public int put(int word, Draws draws, int[] rows, float[] targets, int at) {
    rows[at] = word;
    targets[at] = 1;
    for (int k = 1; k <= negatives; k++) {
      int drawn = draw(draws);
      while (drawn == word) {
        drawn = draw(draws);
      }
      rows[at + k] = drawn;
      targets[at + k] = 0;
    }
    return 1 + negatives;
  }

  int draw(Draws draws) {
    long bits = draws.next();
    int place = (int) (((bits >>> 32) * threshold.length) >>> 32);
    return ((int) bits >>> 1) < threshold[place] ? place : other[place];
  }
}
