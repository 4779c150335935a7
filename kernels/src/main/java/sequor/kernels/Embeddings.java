package sequor.kernels;

/// Word vectors that learn by telling true pairs from false ones, many windows of text at a time.
///
/// ```
/// s = x·y,  p = σ(s),  e = rate · (t − p),  Δx = Σ e·y,  Δy = Σ e·x,  loss = −Σ ln(1 − |t − p|)
/// ```
///
/// `x` is a row of the input table, or the mean of some, `y` a row of the output table, and the
/// target `t` says whether they belong together: with negative sampling, as in Mikolov et al.,
/// *Distributed representations of words and phrases* (2013), 1 for the word that is there and 0
/// for words that were drawn; with hierarchical softmax the turns on the way to a word. All of a
/// window share their outputs, so that its work is three small dense products (Ji et al.,
/// *Parallelizing Word2Vec in shared and distributed memory*, 2016).
///
/// Nothing is written to the tables. What is to change is written beside, for [#add] to add in a
/// fixed order, so that results have the same bits for any number of threads.
///
/// Letters: G windows, N inputs of a window at most, M outputs of a window at most, D size.
public interface Embeddings {
  /// Every input of a window with every output, as skip-gram has them.
  ///
  /// @param changes inputs (G,N,D), outputs (G,M,D), errors (G,N·M) as scratch, losses (G)
  void pairs(Floats in, Floats out, Windows windows, Changes changes, float rate, Size size);

  /// The mean `h` of a window's inputs with every output, as CBOW and subwords have them.
  ///
  /// @param changes inputs (G,D), the same for all inputs of a window; outputs (G,D), which is `h`;
  ///   errors (G,M), how much of `h` is each output's change, 0 where there is no output; losses
  ///   (G)
  void means(Floats in, Floats out, Windows windows, Changes changes, float rate, Size size);

  /// `table[rows[k]] += weights[k] · changes[k / share]` for all k in order, but those with a
  /// negative row.
  void add(Floats table, Floats changes, Additions additions, int dimension);

  /// One step of AdaGrad for each pair of words that stand together, one pair behind the other:
  ///
  /// ```
  /// e = w·c − ln x,  ∂w = η·f·e·c,  ∂c = η·f·e·w,  w −= ∂w/√s,  s += ∂w²     and so for c
  /// ```
  ///
  /// The last number of a word's row and the last but one of a context's are 1 and stay so; those
  /// that they meet are biases. A product f·e·c is no larger than 100.
  ///
  /// Source: Pennington, Socher and Manning, *GloVe* (2014), and its program.
  ///
  /// @param words (V,D) w
  /// @param contexts (V,D) c
  /// @param squares of the words' rows and of the contexts' (V,D), s
  /// @return `Σ ½·f·e²`
  double together(
      Floats words, Floats contexts, Squares squares, Pairs pairs, float rate, int dimension);

  /// What AdaGrad knows of both tables.
  record Squares(Floats words, Floats contexts) {}

  /// Pairs of words that stand together.
  ///
  /// @param words a row each
  /// @param contexts a row each
  /// @param weights f, how much a pair counts
  /// @param logarithms ln x, of how often they stand together
  /// @param count how many there are
  record Pairs(Ints words, Ints contexts, Floats weights, Floats logarithms, int count) {
    /// No product of an error and a number is larger.
    public static final float MOST = 100;
  }

  /// Which rows meet. A window's rows stand in front, and −1 behind them; it has rows of both
  /// tables, or of neither.
  ///
  /// @param inputs (G,N) rows of the input table
  /// @param outputs (G,M) rows of the output table
  /// @param targets (G,M)
  record Windows(Ints inputs, Ints outputs, Floats targets) {}

  /// What [#pairs] and [#means] write; places for which there are no rows are left as they are.
  ///
  /// @param losses (G) the sums over all pairs of a window
  record Changes(Floats inputs, Floats outputs, Floats errors, Floats losses) {}

  /// Which changes belong to which rows.
  ///
  /// @param rows of the table, or −1
  /// @param count how many of them
  /// @param share how many rows have the same change
  /// @param weights one a row; length 0 for 1
  /// @param counts one a row of the table, all 0, and afterwards too; length 0 where no row is
  ///   named too often
  /// @param most a row that is named oftener gets so many times the mean of its changes, because
  ///   each of them was meant for the row as it was
  record Additions(Ints rows, int count, int share, Floats weights, Ints counts, float most) {}

  /// @param windows G
  /// @param inputs N
  /// @param outputs M
  /// @param dimension D
  record Size(int windows, int inputs, int outputs, int dimension) {}

  /// How many of the `most` rows from `at` on there are.
  static int count(int[] rows, int at, int most) {
    int count = 0;
    while (count < most && rows[at + count] >= 0) {
      count++;
    }
    return count;
  }

  /// `−Σ ln(1 − |t − p|)` of some pairs with probabilities `p`, at least 10⁻⁷ each.
  ///
  /// They are multiplied, and the power of two of the product is taken off, so that there is one
  /// logarithm in all.
  static float loss(float[] probabilities, int at, float[] targets, int ti, int count) {
    double product = 1;
    int power = 0;
    for (int k = 0; k < count; k++) {
      product *= Math.max(1 - Math.abs(targets[ti + k] - probabilities[at + k]), 1e-7f);
      int exponent = Math.getExponent(product);
      if (exponent < -500) {
        product = Math.scalb(product, -exponent);
        power += exponent;
      }
    }
    int exponent = Math.getExponent(product);
    float rest = (float) Math.scalb(product, -exponent); // from 1 to 2
    return -(FloatMath.log(rest) + (power + exponent) * 0.6931472f);
  }
}
