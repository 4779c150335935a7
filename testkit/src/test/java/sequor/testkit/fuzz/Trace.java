package sequor.testkit.fuzz;

import java.util.Arrays;

/// A computation in double precision, number by number: what was computed, from what, with which
/// slope, and how far float32 may be away from it.
///
/// Every node is a number `y` with an edge to each number `x` it was computed from, on which stands
/// `∂y/∂x`. One loop over the edges from the last to the first is the chain rule, so an op is
/// written here as a plain forward loop and has its derivative for nothing. That is exact, gives
/// all derivatives at once, and shares no idea with the formulas of the tape, which know whole
/// tensors.
///
/// Errors are carried along, as a float32 computation of the same steps would make them (running
/// error analysis; Higham, "Accuracy and Stability of Numerical Algorithms", section 3.3): a node's
/// is `Σ |∂y/∂x| · error(x)` and the rounding of its own terms, however much they cancel.
/// Tolerances follow from them, and no graph is judged by a guess.
final class Trace {
  /// Half a unit in the last place of a float32 of size 1.
  static final double ROUNDING = 0x1p-24;

  private double[] value = new double[1 << 12];
  private double[] error = new double[1 << 12];
  private int[] firstEdge = new int[(1 << 12) + 1];
  private boolean[] live = new boolean[1 << 12];
  private int nodes;

  private int[] from = new int[1 << 14];
  private double[] slope = new double[1 << 14];
  private double[] slopeError = new double[1 << 14];
  private int edges;

  private double[] adjoint = new double[0];
  private double[] adjointError = new double[0];
  private double[] magnitude = new double[0];
  private int[] terms = new int[0];

  private double carried; // the error that the edges of the node being made bring along
  private boolean ambiguous;
  private boolean tied;

  void clear() {
    tied = false;
    nodes = 0;
    edges = 0;
    carried = 0;
    ambiguous = false;
  }

  /// How much there is; [#cut] goes back to it.
  record Mark(int nodes, int edges) {}

  Mark mark() {
    return new Mark(nodes, edges);
  }

  void cut(Mark mark) {
    nodes = mark.nodes;
    edges = mark.edges;
    carried = 0;
    ambiguous = false;
  }

  int size() {
    return nodes;
  }

  int edges() {
    return edges;
  }

  double value(int node) {
    return value[node];
  }

  double error(int node) {
    return error[node];
  }

  /// Whether some number lay so close to a kink that float32 may find itself on the other side.
  boolean ambiguous() {
    return ambiguous;
  }

  /// Whether some number lay exactly at a kink, where there is a rule and no slope.
  boolean tied() {
    return tied;
  }

  // Making nodes

  /// A number that depends on nothing.
  int constant(double x, double itsError) {
    int node = end(x, itsError);
    live[node] = false;
    return node;
  }

  int constant(double x) {
    return constant(x, 0);
  }

  /// A number whose derivative is asked for.
  int variable(double x, double itsError) {
    int node = end(x, itsError);
    live[node] = true;
    return node;
  }

  /// Says that the node to be made next depends on `x`.
  void edge(int x, double itsSlope, double itsSlopeError) {
    carried += Math.abs(itsSlope) * error[x];
    if (!live[x]) {
      return;
    }
    if (edges == from.length) {
      from = Arrays.copyOf(from, 2 * edges);
      slope = Arrays.copyOf(slope, 2 * edges);
      slopeError = Arrays.copyOf(slopeError, 2 * edges);
    }
    from[edges] = x;
    slope[edges] = itsSlope;
    slopeError[edges] = itsSlopeError;
    edges++;
  }

  /// Makes the node whose edges were said, with the rounding of its own.
  int end(double y, double rounding) {
    if (nodes == value.length) {
      value = Arrays.copyOf(value, 2 * nodes);
      error = Arrays.copyOf(error, 2 * nodes);
      live = Arrays.copyOf(live, 2 * nodes);
      firstEdge = Arrays.copyOf(firstEdge, 2 * nodes + 1);
    }
    value[nodes] = y;
    error[nodes] = carried + rounding + Float.MIN_NORMAL; // what is smaller may become 0
    firstEdge[nodes + 1] = edges;
    live[nodes] = edges > firstEdge[nodes];
    carried = 0;
    return nodes++;
  }

  // Arithmetic

  /// The same number, as another tensor knows it.
  int same(int x) {
    edge(x, 1, 0);
    return end(value[x], 0);
  }

  /// The same number, where a gradient is to arrive even if it goes no further.
  int arrival(int x) {
    int node = same(x);
    live[node] = true;
    return node;
  }

  /// A number that took the place of another in the memory of a tensor: the gradient still goes to
  /// the tensor.
  int replaced(int x, double y, double itsError) {
    edge(x, 1, 0);
    carried = 0;
    return end(y, itsError);
  }

  int plus(int a, int b) {
    edge(a, 1, 0);
    edge(b, 1, 0);
    double y = value[a] + value[b];
    return end(y, ROUNDING * Math.abs(y));
  }

  int minus(int a, int b) {
    edge(a, 1, 0);
    edge(b, -1, 0);
    double y = value[a] - value[b];
    return end(y, ROUNDING * Math.abs(y));
  }

  int times(int a, int b) {
    edge(a, value[b], error[b]);
    edge(b, value[a], error[a]);
    double y = value[a] * value[b];
    return end(y, ROUNDING * Math.abs(y) + error[a] * error[b]);
  }

  int dividedBy(int a, int b) {
    double y = value[a] / value[b];
    double inverse = 1 / value[b];
    double relative = error[b] * Math.abs(inverse) + 2 * ROUNDING;
    edge(a, inverse, Math.abs(inverse) * relative);
    edge(
        b,
        -y * inverse,
        Math.abs(inverse) * (error[a] * Math.abs(inverse) + 2 * Math.abs(y) * relative));
    return end(y, 2 * ROUNDING * Math.abs(y));
  }

  /// `aᵇ` for a positive `a`.
  int power(int a, int b) {
    double y = Math.pow(value[a], value[b]);
    double ln = Math.log(value[a]);
    double byBase = value[b] * y / value[a];
    double byExponent = y * ln;
    double relative =
        Math.abs(value[b] / value[a]) * error[a] + Math.abs(ln) * error[b] + 4 * ROUNDING;
    edge(
        a,
        byBase,
        Math.abs(byBase) * (relative + error[a] / value[a])
            + Math.abs(y / value[a]) * (error[b] + ROUNDING));
    edge(b, byExponent, Math.abs(byExponent) * relative + y * (error[a] / value[a] + ROUNDING));
    return end(y, 4 * ROUNDING * y);
  }

  /// The mean of two equal numbers, to each of which half of the gradient goes.
  int shared(int a, int b) {
    edge(a, 0.5, 0);
    edge(b, 0.5, 0);
    return end(value[a], 0);
  }

  /// `scale · x + shift`.
  int affine(int x, double scale, double shift) {
    edge(x, scale, 0);
    double y = scale * value[x] + shift;
    return end(y, ROUNDING * (Math.abs(scale * value[x]) + Math.abs(y)));
  }

  int map(Curve f, int x) {
    double at = value[x];
    double y = f.at(at);
    double d = f.slope(at);
    apart(f.beyond(at), error[x]);
    double wobble = error[x] + 4 * ROUNDING * Math.abs(at);
    double bend = Math.abs(f.bend(at)) * wobble;
    edge(x, d, bend + 4 * ROUNDING * (Math.abs(d) + 1));
    double rounding = 4 * ROUNDING * (Math.abs(y) + Math.abs(d * at)) + bend * wobble;
    return end(y, f.exact() ? 0 : rounding);
  }

  int sum(int... xs) {
    double y = 0;
    double size = 0;
    for (int x : xs) {
      edge(x, 1, 0);
      y += value[x];
      size += Math.abs(value[x]);
    }
    return end(y, roundings(xs.length) * size);
  }

  /// `Σ aᵢ·bᵢ + Σ cⱼ`.
  int dot(int[] as, int[] bs, int... cs) {
    double y = 0;
    double size = 0;
    double second = 0;
    for (int i = 0; i < as.length; i++) {
      double a = value[as[i]];
      double b = value[bs[i]];
      edge(as[i], b, error[bs[i]]);
      edge(bs[i], a, error[as[i]]);
      y += a * b;
      size += Math.abs(a * b);
      second += error[as[i]] * error[bs[i]];
    }
    for (int c : cs) {
      edge(c, 1, 0);
      y += value[c];
      size += Math.abs(value[c]);
    }
    return end(y, roundings(as.length + cs.length) * size + second);
  }

  /// The largest, the first of equals.
  int largest(int... xs) {
    int best = xs[0];
    for (int x : xs) {
      best = value[x] > value[best] ? x : best;
    }
    for (int x : xs) {
      if (x != best) {
        apart(value[x] - value[best], error[x] + error[best]);
      }
    }
    return same(best);
  }

  /// The smallest, the first of equals.
  int smallest(int... xs) {
    int best = xs[0];
    for (int x : xs) {
      best = value[x] < value[best] ? x : best;
    }
    for (int x : xs) {
      if (x != best) {
        apart(value[x] - value[best], error[x] + error[best]);
      }
    }
    return same(best);
  }

  /// Says that the computation turns on whether `difference` is above, at or below 0. An exact 0 is
  /// the same in float32; anything else must be clear of 0.
  void apart(double difference, double itsError) {
    if (Math.abs(difference) <= 8 * itsError) {
      ambiguous |= itsError > 0;
      tied |= itsError == 0;
    }
  }

  /// The same, where even an exact 0 is not to be decided.
  void clear(double difference, double itsError) {
    ambiguous |= Math.abs(difference) <= 8 * itsError;
  }

  static double roundings(int terms) {
    return ROUNDING * (1 + Math.sqrt(terms));
  }

  // The chain rule

  /// Walks back from the numbers `ys`, whose derivatives are given.
  void backward(int[] ys, double[] gradient) {
    if (adjoint.length < nodes) {
      adjoint = new double[value.length];
      adjointError = new double[value.length];
      magnitude = new double[value.length];
      terms = new int[value.length];
    } else {
      Arrays.fill(adjoint, 0, nodes, 0);
      Arrays.fill(adjointError, 0, nodes, 0);
      Arrays.fill(magnitude, 0, nodes, 0);
      Arrays.fill(terms, 0, nodes, 0);
    }
    for (int i = 0; i < ys.length; i++) {
      adjoint[ys[i]] += gradient[i];
    }
    for (int y = nodes - 1; y >= 0; y--) {
      adjointError[y] += terms[y] > 1 ? roundings(terms[y]) * magnitude[y] : 0;
      double dy = adjoint[y];
      double off = adjointError[y];
      if (dy == 0 && off == 0) {
        continue;
      }
      for (int e = firstEdge[y]; e < firstEdge[y + 1]; e++) {
        int x = from[e];
        double share = slope[e] * dy;
        adjoint[x] += share;
        magnitude[x] += Math.abs(share);
        terms[x]++;
        adjointError[x] +=
            Math.abs(slope[e]) * off
                + slopeError[e] * (Math.abs(dy) + off)
                + 2 * ROUNDING * Math.abs(share);
      }
    }
  }

  double gradient(int node) {
    return adjoint[node];
  }

  double gradientError(int node) {
    return adjointError[node];
  }
}
