package sequor.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The k best paths through the steps of one sequence (list Viterbi, Seshadri and Sundberg 1994):
/// at each step and for each tag the k best beginnings that end there, each with the tag and the
/// rank it comes from.
final class BestPaths {
  private final int tags;
  private final int most;
  private final float[] transitions; // (N,N)
  private final List<int[]> origins = new ArrayList<>(); // of each step: tag · k + rank, or −1
  private double[] scores; // (N,k), each tag's from the best on

  /// @param transitions (N,N)
  /// @param first (N) the scores of the first step
  /// @param most k
  BestPaths(float[] transitions, double[] first, int most) {
    this.tags = first.length;
    this.most = most;
    this.transitions = transitions;
    scores = nothing();
    for (int j = 0; j < tags; j++) {
      scores[j * most] = first[j];
    }
  }

  private double[] nothing() {
    double[] all = new double[tags * most];
    Arrays.fill(all, Double.NEGATIVE_INFINITY);
    return all;
  }

  /// Goes on by a step.
  ///
  /// @param emissions of which `tags` numbers from `at` on belong to the step
  void step(float[] emissions, int at) {
    double[] next = nothing();
    int[] from = new int[tags * most];
    Arrays.fill(from, -1);
    for (int j = 0; j < tags; j++) {
      for (int origin = 0; origin < tags * most; origin++) {
        double by = transitions[origin / most * tags + j] + emissions[at + j];
        offer(next, from, j * most, scores[origin] + by, origin);
      }
    }
    scores = next;
    origins.add(from);
  }

  /// Puts a score into its place among the k from `at` on, behind those that are as good.
  private void offer(double[] best, int[] from, int at, double score, int origin) {
    int place = at + most;
    while (place > at && score > best[place - 1]) {
      place--;
    }
    if (place < at + most) {
      System.arraycopy(best, place, best, place + 1, at + most - 1 - place);
      System.arraycopy(from, place, from, place + 1, at + most - 1 - place);
      best[place] = score;
      from[place] = origin;
    }
  }

  /// The paths from the best on, at most k of them; none that is forbidden.
  ///
  /// @param end (N)
  /// @param logPartition `ln Z`
  List<TagPath> paths(float[] end, double logPartition) {
    double[] best = new double[most];
    int[] from = new int[most];
    Arrays.fill(best, Double.NEGATIVE_INFINITY);
    for (int origin = 0; origin < tags * most; origin++) {
      offer(best, from, 0, scores[origin] + end[origin / most], origin);
    }
    var paths = new ArrayList<TagPath>();
    for (int rank = 0; rank < most && best[rank] > Double.NEGATIVE_INFINITY; rank++) {
      double logProbability = Math.min(0, best[rank] - logPartition);
      paths.add(new TagPath(back(from[rank]), best[rank], logProbability));
    }
    return paths;
  }

  private List<Integer> back(int last) {
    Integer[] path = new Integer[origins.size() + 1];
    int origin = last;
    for (int t = origins.size(); t >= 0; t--) {
      path[t] = origin / most;
      origin = t > 0 ? origins.get(t - 1)[origin] : -1;
    }
    return Arrays.asList(path);
  }
}
