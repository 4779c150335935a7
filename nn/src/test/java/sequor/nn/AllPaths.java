package sequor.nn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import sequor.tensor.Tensor;

/// Every path through one sequence, and what each scores, in double precision: no recursion over
/// steps, so nothing is shared with how a [Crf] computes.
final class AllPaths {
  private final Crf crf;
  private final Tensor x; // (1,T,N)
  private final List<int[]> paths = new ArrayList<>();

  AllPaths(Crf crf, Tensor x, Predicate<int[]> allowed) {
    this.crf = crf;
    this.x = x;
    int steps = x.dim(1);
    int tags = x.dim(2);
    long count = Math.round(Math.pow(tags, steps));
    for (long number = 0; number < count; number++) {
      int[] path = new int[steps];
      long rest = number;
      for (int t = 0; t < steps; t++) {
        path[t] = (int) (rest % tags);
        rest /= tags;
      }
      if (allowed.test(path)) {
        paths.add(path);
      }
    }
    paths.sort(Comparator.comparingDouble(path -> -score(path)));
  }

  /// All paths from the best on.
  List<int[]> sorted() {
    return paths;
  }

  double score(int... path) {
    return score(crf, x, path);
  }

  static double score(Crf crf, Tensor x, int... path) {
    double score =
        crf.parameter("start_transitions").get(path[0])
            + (double) crf.parameter("end_transitions").get(path[path.length - 1]);
    for (int t = 0; t < path.length; t++) {
      score += x.get(0, t, path[t]);
      score += t > 0 ? crf.parameter("transitions").get(path[t - 1], path[t]) : 0;
    }
    return score;
  }

  double logPartition() {
    return logSum(paths.stream().mapToDouble(this::score).toArray());
  }

  /// (T,N)
  double[] marginals() {
    double all = logPartition();
    double[] marginals = new double[x.dim(1) * x.dim(2)];
    for (int[] path : paths) {
      double p = Math.exp(score(path) - all);
      for (int t = 0; t < path.length; t++) {
        marginals[t * x.dim(2) + path[t]] += p;
      }
    }
    return marginals;
  }

  /// The recursion over steps, for sequences with too many paths.
  static double logPartitionInDoubles(Crf crf, Tensor x) {
    int tags = x.dim(2);
    double[] a = new double[tags];
    for (int j = 0; j < tags; j++) {
      a[j] = crf.parameter("start_transitions").get(j) + (double) x.get(0, 0, j);
    }
    for (int t = 1; t < x.dim(1); t++) {
      double[] next = new double[tags];
      for (int j = 0; j < tags; j++) {
        double[] into = new double[tags];
        for (int i = 0; i < tags; i++) {
          into[i] = a[i] + crf.parameter("transitions").get(i, j);
        }
        next[j] = logSum(into) + x.get(0, t, j);
      }
      a = next;
    }
    for (int j = 0; j < tags; j++) {
      a[j] += crf.parameter("end_transitions").get(j);
    }
    return logSum(a);
  }

  private static double logSum(double... x) {
    double max = Double.NEGATIVE_INFINITY;
    for (double each : x) {
      max = Math.max(max, each);
    }
    double sum = 0;
    for (double each : x) {
      sum += Math.exp(each - max);
    }
    return max + Math.log(sum);
  }
}
