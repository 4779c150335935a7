package sequor.examples;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import sequor.Seed;
import sequor.nn.Activation;
import sequor.nn.Layer;
import sequor.nn.LayerNorm;
import sequor.nn.Linear;
import sequor.nn.Parts;
import sequor.nn.Sequential;
import sequor.tensor.Tensor;

/// One block of a Transformer's encoder, made of what the other examples have shown.
///
/// ```
/// headₙ = attend(Qₙ, Kₙ, Vₙ)      Q, K, V = x·W_q, x·W_k, x·W_v, each cut into N heads
/// a = LayerNorm(x + concat(head₁ … head_N)·W_o)
/// y = LayerNorm(a + W₂·max(W₁·a, 0))
/// ```
///
/// (Vaswani et al. 2017, sections 3.1 to 3.3; every W· has a bias.) Each head attends for itself to
/// a part of the numbers of a step. Adding x back lets the gradient pass by each layer (He et al.
/// 2016), the norm holds the size of the sum (Ba et al. 2016).
///
/// Letters: B batch, T steps, D size of a step, N heads.
final class TransformerBlock {

  record Block(
      int heads,
      Linear query,
      Linear key,
      Linear value,
      Linear output,
      LayerNorm attentionNorm,
      Sequential feedForward,
      LayerNorm feedForwardNorm)
      implements Layer {

    Block(int size, int heads, RandomGenerator random) {
      this(
          heads,
          new Linear(size, size, random),
          new Linear(size, size, random),
          new Linear(size, size, random),
          new Linear(size, size, random),
          new LayerNorm(size),
          Sequential.of(
              new Linear(size, 4 * size, random),
              Activation.RELU,
              new Linear(4 * size, size, random)),
          new LayerNorm(size));
    }

    @Override
    public Tensor forward(Tensor x) { // (B,T,D)
      var q = cut(query.forward(x)); // (B,N,T,D/N)
      var k = cut(key.forward(x));
      var v = cut(value.forward(x));
      var joined = SelfAttention.attend(q, k, v).transpose(1, 2); // (B,T,N,D/N)
      var attended = output.forward(joined.reshape(x.shape().dims())); // (B,T,D)
      var a = attentionNorm.forward(x.plus(attended));
      return feedForwardNorm.forward(a.plus(feedForward.forward(a))); // (B,T,D)
    }

    private Tensor cut(Tensor x) {
      return x.reshape(x.dim(0), x.dim(1), heads, x.dim(2) / heads).transpose(1, 2);
    }

    @Override
    public Parts parts() {
      return Parts.of("query", query)
          .and("key", key)
          .and("value", value)
          .and("output", output)
          .and("attention_norm", attentionNorm)
          .and("feed_forward", feedForward)
          .and("feed_forward_norm", feedForwardNorm);
    }
  }

  static void main() {
    var random = new Seed(1).generator();
    var block = new Block(8, 2, random);
    IO.print(block.summary());
    var x = Tensor.randn(random, 3, 5, 8); // (B,T,D)
    var y = block.forward(x); // (B,T,D)
    for (int b = 0; b < 3; b++) {
      double[][] byHand = byHand(block, ByHand.rows(x.select(0, b))); // (T,D)
      double difference = ByHand.difference(byHand, y.select(0, b));
      IO.println("sequence %d: by hand and by tensor differ by %.1e".formatted(b, difference));
      Claim.holds(difference < 1e-5, "both agree: %g", difference);
    }
  }

  /// The same for a single sequence (T,D), with loops over plain arrays.
  static double[][] byHand(Block block, double[][] x) {
    double[][] q = ByHand.linear(block.query, x);
    double[][] k = ByHand.linear(block.key, x);
    double[][] v = ByHand.linear(block.value, x);
    int part = x[0].length / block.heads;
    double[][] joined = new double[x.length][x[0].length];
    for (int n = 0; n < block.heads; n++) {
      int from = n * part;
      double[][] head =
          ByHand.attention(
              columns(q, from, part),
              columns(k, from, part),
              columns(v, from, part),
              1 / Math.sqrt(part)); // (T,D/N)
      for (int t = 0; t < x.length; t++) {
        System.arraycopy(head[t], 0, joined[t], from, part);
      }
    }
    double[][] attended = ByHand.linear(block.output, joined);
    double[][] a = ByHand.layerNorm(block.attentionNorm, sum(x, attended));
    double[][] inner = ByHand.linear(block.feedForward.layers().get(0), a); // (T,4D)
    for (double[] step : inner) {
      Arrays.setAll(step, i -> Math.max(step[i], 0));
    }
    double[][] outer = ByHand.linear(block.feedForward.layers().get(2), inner); // (T,D)
    return ByHand.layerNorm(block.feedForwardNorm, sum(a, outer));
  }

  private static double[][] columns(double[][] x, int from, int count) {
    return Arrays.stream(x)
        .map(row -> Arrays.copyOfRange(row, from, from + count))
        .toArray(double[][]::new);
  }

  private static double[][] sum(double[][] a, double[][] b) {
    double[][] sum = new double[a.length][a[0].length];
    for (int t = 0; t < a.length; t++) {
      int step = t;
      Arrays.setAll(sum[t], i -> a[step][i] + b[step][i]);
    }
    return sum;
  }
}
