package sequor.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import sequor.tensor.Ids;
import sequor.tensor.LinearChain;
import sequor.tensor.LinearChain.Scores;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// A linear-chain conditional random field: tags of a whole sequence that are judged together
/// (Lafferty, McCallum and Pereira 2001; over a network Lample et al. 2016).
///
/// ```
/// s(y) = start[y_1] + Σ_t x_t[y_t] + Σ_t transitions[y_t, y_{t+1}] + end[y_T]
/// p(y) = eˢ⁽ʸ⁾ / Σ_{y'} eˢ⁽ʸ'⁾
/// ```
///
/// Letters: B batch, T steps, N tags. Emissions `x` (B,T,N) are the raw scores of a network.
/// Parameters are named as in pytorch-crf; `transitions[i,j]` is from `i` to `j`. Rows are real
/// where their spans say so, so a mask cannot have holes, and a padded row costs and gets what it
/// does alone.
public final class Crf implements NnModule {
  private static final float REACH = 0.1f; // pytorch-crf's

  private final Tensor transitions; // (N,N)
  private final Tensor startTransitions; // (N)
  private final Tensor endTransitions; // (N)
  private final Optional<Constraints> constraints;

  /// @param tags N
  public Crf(int tags, RandomGenerator random) {
    this(
        Init.uniform(random, REACH, tags, tags),
        Init.uniform(random, REACH, tags),
        Init.uniform(random, REACH, tags));
  }

  /// A field of these very parameters.
  ///
  /// @param transitions (N,N)
  /// @param startTransitions (N)
  /// @param endTransitions (N)
  public Crf(Tensor transitions, Tensor startTransitions, Tensor endTransitions) {
    this(transitions, startTransitions, endTransitions, Optional.empty());
  }

  private Crf(
      Tensor transitions,
      Tensor startTransitions,
      Tensor endTransitions,
      Optional<Constraints> constraints) {
    boolean fit =
        transitions.shape().rank() == 2
            && transitions.dim(0) == transitions.dim(1)
            && startTransitions.shape().equals(transitions.shape().without(-1))
            && endTransitions.shape().equals(startTransitions.shape());
    if (!fit || transitions.dim(0) == 0) {
      throw new NnException(
          "crf: transitions %s, start %s and end %s; they must be (N,N), (N) and (N) with a tag at"
                  .formatted(transitions.shape(), startTransitions.shape(), endTransitions.shape())
              + " least");
    }
    this.transitions = transitions;
    this.startTransitions = startTransitions;
    this.endTransitions = endTransitions;
    this.constraints = constraints;
  }

  /// The same field, with the same parameters, for which paths that break the constraints do not
  /// exist: they are never decoded, and losses and marginals are those among the others.
  public Crf constrained(Constraints allowed) {
    if (allowed.tags() != tags()) {
      throw new NnException(
          "crf: constraints of %d tags for a field of %d; make them of the same tags"
              .formatted(allowed.tags(), tags()));
    }
    return new Crf(transitions, startTransitions, endTransitions, Optional.of(allowed));
  }

  /// N.
  public int tags() {
    return transitions.dim(0);
  }

  /// What each row's tags cost, `−ln p(tags)`: 0 or more. // (B)
  ///
  /// @param emissions (B,T,N)
  /// @param tags (B,T), anything where a step is not real
  /// @throws NnException if tags break the constraints
  public Tensor losses(Tensor emissions, Ids tags, Spans spans) {
    checkAllowed(tags, spans);
    return LinearChain.negativeLogLikelihood(emissions, tags, scores(), spans);
  }

  /// The same for the batch: [Reduction#MEAN] is the mean of the rows.
  public Tensor loss(Tensor emissions, Ids tags, Spans spans, Reduction reduction) {
    return reduction.of(losses(emissions, tags, spans));
  }

  /// `ln Σ eˢ` over all paths of each row. // (B)
  ///
  /// @param emissions (B,T,N)
  public Tensor logPartition(Tensor emissions, Spans spans) {
    return LinearChain.logPartition(emissions, scores(), spans);
  }

  /// How probable each tag is at each step, whatever the others are; no gradient flows through it.
  /// // (B,T,N)
  ///
  /// @param emissions (B,T,N)
  public Tensor marginals(Tensor emissions, Spans spans) {
    return LinearChain.marginals(emissions, scores(), spans);
  }

  /// The best tags of each row, one a real step (Viterbi 1967).
  ///
  /// @param emissions (B,T,N)
  /// @throws NnException if the constraints leave a row no path
  public List<int[]> decode(Tensor emissions, Spans spans) {
    var best = LinearChain.best(emissions, scores(), spans);
    int[] tags = best.tags().toArray();
    var paths = new ArrayList<int[]>();
    for (int row = 0; row < spans.batch(); row++) {
      if (best.scores().get(row) == Float.NEGATIVE_INFINITY) {
        throw noPath(spans, row);
      }
      int first = row * spans.steps();
      paths.add(Arrays.copyOfRange(tags, first + spans.start(row), first + spans.end(row)));
    }
    return paths;
  }

  /// The `count` best paths of each row, from the best on; fewer where there are no more.
  ///
  /// @param emissions (B,T,N)
  /// @throws NnException if the constraints leave a row no path
  public List<List<TagPath>> top(Tensor emissions, Spans spans, int count) {
    if (count < 1) {
      throw new NnException("crf: the number of best paths must be 1 or more, got " + count);
    }
    var scores = scores();
    float[] all = LinearChain.logPartition(emissions, scores, spans).toArray();
    float[] x = emissions.toArray();
    float[] start = scores.start().toArray();
    float[] end = scores.end().toArray();
    float[] moves = scores.transitions().toArray();
    var rows = new ArrayList<List<TagPath>>();
    for (int row = 0; row < spans.batch(); row++) {
      if (spans.length(row) == 0) {
        rows.add(List.of(new TagPath(List.of(), 0, 0)));
        continue;
      }
      double[] first = new double[tags()];
      for (int j = 0; j < first.length; j++) {
        first[j] = start[j] + x[at(spans, row, spans.start(row)) + j];
      }
      var paths = new BestPaths(moves, first, count);
      for (int t = spans.start(row) + 1; t < spans.end(row); t++) {
        paths.step(x, at(spans, row, t));
      }
      var best = paths.paths(end, all[row]);
      if (best.isEmpty()) {
        throw noPath(spans, row);
      }
      rows.add(best);
    }
    return rows;
  }

  private int at(Spans spans, int row, int t) {
    return (row * spans.steps() + t) * tags();
  }

  private static NnException noPath(Spans spans, int row) {
    return new NnException(
        "crf: no path of the %d steps of row %d is allowed; loosen the constraints"
            .formatted(spans.length(row), row));
  }

  private Scores scores() {
    return constraints
        .map(
            only ->
                new Scores(
                    only.ofTransitions(transitions),
                    only.ofStart(startTransitions),
                    only.ofEnd(endTransitions)))
        .orElseGet(() -> new Scores(transitions, startTransitions, endTransitions));
  }

  /// A loss of +∞ would end a training without a word of its cause.
  private void checkAllowed(Ids tags, Spans spans) {
    if (constraints.isEmpty() || tags.shape().rank() != 2) {
      return;
    }
    var allowed = constraints.get();
    for (int row = 0; row < spans.batch() && row < tags.shape().dim(0); row++) {
      for (int t = spans.start(row); t < spans.end(row); t++) {
        int tag = tags.get(row, t);
        boolean inRange = tag >= 0 && tag < tags();
        int before = t > spans.start(row) ? tags.get(row, t - 1) : -1;
        boolean fits =
            !inRange // which has a message of its own
                || ((before < 0 ? allowed.allowsStart(tag) : allowed.allows(before, tag))
                    && (t < spans.end(row) - 1 || allowed.allowsEnd(tag)));
        if (!fits) {
          throw new NnException(
              "crf: tag %d at step %d of row %d%s breaks the constraints; repair the tags, or leave"
                      .formatted(tag, t, row, before < 0 ? "" : " after tag " + before)
                  + " the constraints to decoding");
        }
      }
    }
  }

  @Override
  public Parts parts() {
    return Parts.of("transitions", transitions)
        .and("start_transitions", startTransitions)
        .and("end_transitions", endTransitions);
  }
}
