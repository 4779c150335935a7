package sequor.tasks.embed;

import java.util.Optional;
import sequor.kernels.Embeddings.Pairs;
import sequor.kernels.HeapFloats;
import sequor.kernels.HeapInts;
import sequor.kernels.Kernels;
import sequor.kernels.Parallel;

/// Learns word vectors from how often words stand together.
///
/// ```
/// J = Σ f(x) · (w·c + b + b′ − ln x)² / 2,   f(x) = min(1, (x/x_max)^α)
/// ```
///
/// Words and contexts are cut into 16 stripes each. Sixteen blocks of pairs that share no stripe
/// learn at the same time, and then the next sixteen: no row is written by two of them, so that any
/// number of threads gives the same bits, and no change is late (Gemulla et al., *Large-scale
/// matrix factorization with distributed stochastic gradient descent*, 2011).
///
/// Source: Pennington, Socher and Manning, *GloVe* (2014).
final class GloveLearner extends EpochLearner {
  private static final int STRIPES = PairCounts.STRIPES;
  private static final int PAIRS = 4096; // at a time
  private static final int IN_MEMORY = 1 << 23; // pairs that are counted before they are written

  private final Corpus corpus;
  private final EmbedModel model;
  private final GloveTables tables;
  private final float rate;
  private Optional<Cooccurrences> counted = Optional.empty();

  GloveLearner(Corpus corpus, EmbedModel model, GloveTables tables, float rate, Judging judging) {
    super(corpus, tables, judging);
    this.corpus = corpus;
    this.model = model;
    this.tables = tables;
    this.rate = rate;
  }

  @Override
  double epoch(int epoch, int epochs) {
    if (counted.isEmpty()) {
      counted = Optional.of(Cooccurrences.of(corpus, model.window(), IN_MEMORY));
    }
    var pairs = counted.get();
    double all = 0;
    for (int diagonal = 0; diagonal < STRIPES; diagonal++) {
      double[] losses = new double[STRIPES];
      long[] sizes = new long[STRIPES];
      int shift = diagonal;
      Parallel.run(
          STRIPES,
          stripe -> {
            int block = stripe * STRIPES + (stripe + shift) % STRIPES;
            losses[stripe] = learn(pairs, block);
            sizes[stripe] = pairs.start(block + 1) - pairs.start(block);
          });
      double loss = 0;
      long size = 0;
      for (int stripe = 0; stripe < STRIPES; stripe++) {
        loss += losses[stripe];
        size += sizes[stripe];
      }
      all += loss;
      stepped(
          epoch,
          epochs,
          (diagonal + 1.0) / STRIPES,
          diagonal + 1,
          STRIPES,
          loss / Math.max(1, size));
    }
    return all / Math.max(1, pairs.size());
  }

  private double learn(Cooccurrences pairs, int block) {
    int[] words = new int[PAIRS];
    int[] contexts = new int[PAIRS];
    float[] weights = new float[PAIRS];
    float[] logarithms = new float[PAIRS];
    double loss = 0;
    long end = pairs.start(block + 1);
    for (long from = pairs.start(block); from < end; from += PAIRS) {
      int count = (int) Math.min(PAIRS, end - from);
      for (int i = 0; i < count; i++) {
        long key = pairs.key(from + i);
        double x = pairs.count(from + i);
        words[i] = PairCounts.word(key);
        contexts[i] = PairCounts.context(key);
        weights[i] =
            x >= model.xMax() ? 1 : (float) StrictMath.pow(x / model.xMax(), model.alpha());
        logarithms[i] = (float) StrictMath.log(x);
      }
      var some =
          new Pairs(
              new HeapInts(words),
              new HeapInts(contexts),
              new HeapFloats(weights),
              new HeapFloats(logarithms),
              count);
      loss +=
          Kernels.best()
              .embeddings()
              .together(
                  tables.words(), tables.contexts(), tables.squares(), some, rate, tables.stride());
    }
    return loss;
  }

  @Override
  double rate() {
    return rate;
  }
}
