package sequor.kernels;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.POSITIVE_INFINITY;

import sequor.kernels.Recurrences.Span;

/// [Chains] row by row and tag by tag, as their formulas stand there, in double precision.
final class ScalarChains implements Chains {
  @Override
  public void forward(Scores scores, Floats sums, Floats losses, Span span, Size size) {
    for (int b = 0; b < size.batch(); b++) {
      losses.set(b, (float) new Row(b, scores, span, size).loss(sums));
    }
  }

  @Override
  public void backward(
      Scores scores, Floats sums, Floats dLosses, Gradients gradients, Span span, Size size) {
    for (int b = 0; b < size.batch(); b++) {
      new Row(b, scores, span, size).backward(sums, dLosses.get(b), gradients);
    }
  }

  @Override
  public void best(Scores scores, Ints paths, Floats best, Span span, Size size) {
    for (int b = 0; b < size.batch(); b++) {
      best.set(b, new Row(b, scores, span, size).best(HeapInts.of(paths)));
    }
  }

  /// The real steps of one row, counted from 0, and what is scored there.
  private record Row(int first, int length, int n, Scores of) {
    Row(int b, Scores scores, Span span, Size size) {
      this(
          b * size.steps() + span.starts().get(b),
          span.ends().get(b) - span.starts().get(b),
          size.tags(),
          scores);
    }

    int at(int t) {
      return (first + t) * n;
    }

    int tag(int t) {
      return of.tags().get(first + t);
    }

    double transition(int i, int j) {
      return of.transitions().get(i * n + j);
    }

    /// `a_t = z_t + x_t`.
    double[] beginnings(Floats z, int t) {
      double[] a = new double[n];
      for (int j = 0; j < n; j++) {
        a[j] = z.get(at(t) + j) + of.emissions().get(at(t) + j);
      }
      return a;
    }

    double loss(Floats z) {
      if (length == 0) {
        return 0;
      }
      for (int j = 0; j < n; j++) {
        z.set(at(0) + j, of.start().get(j));
      }
      double taken = 0;
      double[] a = beginnings(z, 0);
      for (int t = 1; t < length; t++) {
        double max = max(a);
        taken += max;
        for (int j = 0; j < n; j++) {
          double[] terms = new double[n];
          for (int i = 0; i < n; i++) {
            terms[i] = less(a[i], max) + transition(i, j);
          }
          z.set(at(t) + j, (float) logSum(terms));
        }
        a = beginnings(z, t);
      }
      double all = taken + logSum(plus(a, of.end()));
      if (of.tags().length() == 0) {
        return all;
      }
      double score = score();
      return score == NEGATIVE_INFINITY ? POSITIVE_INFINITY : Math.max(0, all - score);
    }

    double score() {
      double score = of.start().get(tag(0)) + of.end().get(tag(length - 1));
      for (int t = 0; t < length; t++) {
        score += of.emissions().get(at(t) + tag(t));
        score += t > 0 ? transition(tag(t - 1), tag(t)) : 0;
      }
      return score;
    }

    void backward(Floats z, double dy, Gradients into) {
      double[] p = new double[n];
      for (int t = length - 1; t >= 0; t--) {
        double[] a = beginnings(z, t);
        if (t < length - 1) {
          p = before(a, z, t, p, dy, into);
        } else {
          double[] terms = plus(a, of.end());
          double all = logSum(terms);
          if (all == NEGATIVE_INFINITY) {
            return;
          }
          for (int j = 0; j < n; j++) {
            p[j] = StrictMath.exp(terms[j] - all);
          }
          add(into.end(), 0, p, t, dy);
        }
        add(into.emissions(), at(t), p, t, dy);
      }
      if (length > 0) {
        add(into.start(), 0, p, 0, dy);
      }
    }

    /// The marginals of a step from those of the next.
    double[] before(double[] a, Floats z, int t, double[] next, double dy, Gradients into) {
      double[] p = new double[n];
      double max = max(a);
      for (int j = 0; j < n; j++) {
        if (next[j] == 0) {
          continue; // also where z is −∞
        }
        for (int i = 0; i < n; i++) {
          double share = StrictMath.exp(a[i] - max + transition(i, j) - z.get(at(t + 1) + j));
          p[i] += share * next[j];
          add(into.transitions(), i * n + j, dy * share * next[j]);
        }
      }
      if (of.tags().length() > 0) {
        add(into.transitions(), tag(t) * n + tag(t + 1), -dy);
      }
      double sum = 0; // 1, but for rounding
      for (double each : p) {
        sum += each;
      }
      for (int i = 0; i < n; i++) {
        p[i] /= sum;
      }
      return p;
    }

    void add(Floats gradient, int from, double[] p, int t, double dy) {
      boolean tagged = of.tags().length() > 0;
      for (int j = 0; j < n; j++) {
        add(gradient, from + j, dy * (tagged && j == tag(t) ? p[j] - 1 : p[j]));
      }
    }

    static void add(Floats gradient, int at, double value) {
      if (gradient.length() > 0) {
        gradient.set(at, (float) (gradient.get(at) + value));
      }
    }

    float best(int[] paths) {
      if (length == 0) {
        return 0;
      }
      float[][] a = new float[length][n]; // the best beginnings that end in each tag
      double taken = 0;
      for (int t = 0; t < length; t++) {
        for (int j = 0; j < n; j++) {
          float into = t == 0 ? of.start().get(j) : into(a[t - 1], from(a[t - 1], j), j);
          a[t][j] = into + of.emissions().get(at(t) + j);
        }
        float max = a[t][argmax(a[t])];
        for (int j = 0; j < n && max > Float.NEGATIVE_INFINITY; j++) {
          a[t][j] -= max;
        }
        taken += max;
      }
      float[] last = a[length - 1];
      for (int j = 0; j < n; j++) {
        last[j] += of.end().get(j);
      }
      int tag = argmax(last);
      float best = (float) (taken + last[tag]);
      for (int t = length - 1; t >= 0; t--) {
        paths[first + t] = tag;
        tag = t > 0 ? from(a[t - 1], tag) : tag;
      }
      return best;
    }

    float into(float[] a, int i, int j) {
      return a[i] + of.transitions().get(i * n + j);
    }

    int from(float[] a, int j) {
      int from = 0;
      for (int i = 1; i < n; i++) {
        from = into(a, i, j) > into(a, from, j) ? i : from;
      }
      return from;
    }
  }

  private static int argmax(float[] x) {
    int most = 0;
    for (int i = 1; i < x.length; i++) {
      most = x[i] > x[most] ? i : most;
    }
    return most;
  }

  private static double[] plus(double[] x, Floats y) {
    double[] sum = new double[x.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = x[i] + y.get(i);
    }
    return sum;
  }

  /// `x − max`; −∞ where both are.
  private static double less(double x, double max) {
    return x == NEGATIVE_INFINITY ? x : x - max;
  }

  private static double logSum(double... x) {
    double max = max(x);
    if (max == NEGATIVE_INFINITY) {
      return max;
    }
    double sum = 0;
    for (double each : x) {
      sum += StrictMath.exp(each - max);
    }
    return max + StrictMath.log(sum);
  }

  private static double max(double... x) {
    double max = NEGATIVE_INFINITY;
    for (double each : x) {
      max = Math.max(max, each);
    }
    return max;
  }
}
