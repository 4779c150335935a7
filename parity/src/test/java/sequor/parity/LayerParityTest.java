package sequor.parity;

import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.Seed;
import sequor.nn.Activation;
import sequor.nn.Embedding;
import sequor.nn.LayerNorm;
import sequor.nn.Linear;
import sequor.tensor.Ids;
import sequor.tensor.Tensor;

@Tag("libtorch")
class LayerParityTest {
  private final RandomGenerator random = new Seed(1).generator();

  private Tensor randn(int... dims) {
    return Tensor.randn(random, dims);
  }

  @Test
  void linear() {
    var linear = new Linear(13, 7, random);
    var x = randn(3, 5, 13);
    Parity.of(linear)
        .and("x", x)
        .check(
            () -> linear.forward(x),
            t -> torch.linear(t.get("x"), t.get("weight"), t.optional("bias")));
  }

  @Test
  void linearLayerWithoutBias() {
    var linear = Linear.withoutBias(13, 7, random);
    var x = randn(3, 5, 13);
    Parity.of(linear)
        .and("x", x)
        .check(() -> linear.forward(x), t -> torch.linear(t.get("x"), t.get("weight")));
  }

  /// Embedding and output layer are one table, into which the gradients of both go.
  @Test
  void tiedEmbeddingAndOutput() {
    var embedding = new Embedding(9, 6, random);
    var output = new Linear(embedding.weight(), randn(9).requiresGrad(true));
    var ids = Ids.of(new int[] {0, 3, 3, 8, 1, 3}, 2, 3);
    Parity.of(output)
        .check(
            () -> output.forward(embedding.forward(ids)),
            t ->
                torch.linear(
                    torch.embedding(t.get("weight"), Torch.of(ids)),
                    t.get("weight"),
                    t.optional("bias")));
  }

  @Test
  void embedding() {
    var embedding = new Embedding(9, 6, random);
    var ids = Ids.of(new int[] {0, 3, 3, 8, 1, 3}, 2, 3);
    Parity.of(embedding)
        .check(() -> embedding.forward(ids), t -> torch.embedding(t.get("weight"), Torch.of(ids)));
  }

  @Test
  void embeddingBag() {
    var embedding = new Embedding(9, 6, random);
    var ids = Ids.of(new int[] {0, 3, 3, 8, 1, 3});
    var offsets = Ids.of(new int[] {0, 2, 2, 5});
    Parity.of(embedding)
        .check(
            () -> embedding.weight().embeddingBag(ids, offsets),
            t -> torch.embedding_bag(t.get("weight"), Torch.of(ids), Torch.of(offsets)).get0());
  }

  @Test
  void embeddingWithPadding() {
    var embedding = new Embedding(9, 6, 3, random);
    var ids = Ids.of(new int[] {0, 3, 3, 8, 1, 3}, 2, 3);
    Parity.of(embedding)
        .check(
            () -> embedding.forward(ids),
            t -> torch.embedding(t.get("weight"), Torch.of(ids), 3, false, false));
  }

  @Test
  void layerNorm() {
    var norm = new LayerNorm(17, 1e-3f);
    norm.parameters().values().forEach(p -> p.assign(randn(17)));
    var x = randn(2, 3, 17).times(3).plus(1);
    Parity.of(norm)
        .and("x", x)
        .check(
            () -> norm.forward(x),
            t ->
                torch.layer_norm(
                    t.get("x"),
                    new long[] {17},
                    t.optional("weight"),
                    t.optional("bias"),
                    1e-3f,
                    false));
  }

  @ParameterizedTest
  @EnumSource
  void activation(Activation activation) {
    // -25 and 25 lie beyond the point at which each of them is all but straight.
    var x = Tensor.of(new float[] {-25, -6, -3, -1, -0.4f, -1e-3f, 1e-3f, 0.2f, 1, 3, 6, 25});
    Parity.of("x", x).check(() -> activation.forward(x), t -> theirs(activation, t.get("x")));
  }

  private static org.bytedeco.pytorch.Tensor theirs(
      Activation activation, org.bytedeco.pytorch.Tensor x) {
    return switch (activation) {
      case RELU -> torch.relu(x);
      case LEAKY_RELU -> torch.leaky_relu(x, new Scalar(0.01));
      case ELU -> torch.elu(x);
      case GELU -> torch.gelu(x);
      case GELU_TANH -> torch.gelu(x, "tanh");
      case SILU -> torch.silu(x);
      case SOFTPLUS -> torch.softplus(x);
      case SIGMOID -> torch.sigmoid(x);
      case LOG_SIGMOID -> torch.log_sigmoid(x);
      case TANH -> torch.tanh(x);
    };
  }

  @Test
  void softmax() {
    var x = randn(4, 3, 11).times(5);
    Parity.of("x", x).check(x::softmax, t -> torch.softmax(t.get("x"), -1));
  }

  @Test
  void logSoftmax() {
    var x = randn(4, 3, 11).times(5);
    Parity.of("x", x).check(x::logSoftmax, t -> torch.log_softmax(t.get("x"), -1));
  }

  @Test
  void matmul() {
    var a = randn(13, 31);
    var b = randn(31, 17);
    Parity.of("a", a)
        .and("b", b)
        .check(() -> a.matmul(b), t -> torch.matmul(t.get("a"), t.get("b")));
  }

  @Test
  void matmulOfManyByOne() {
    var a = randn(2, 3, 5, 7);
    var b = randn(7, 4);
    Parity.of("a", a)
        .and("b", b)
        .check(() -> a.matmul(b), t -> torch.matmul(t.get("a"), t.get("b")));
  }

  @Test
  void matmulBatched() {
    var a = randn(2, 3, 5, 7);
    var b = randn(2, 3, 7, 4);
    Parity.of("a", a)
        .and("b", b)
        .check(() -> a.matmul(b), t -> torch.matmul(t.get("a"), t.get("b")));
  }

  @Test
  void matmulBroadcast() {
    var a = randn(2, 1, 5, 7);
    var b = randn(3, 7, 4);
    Parity.of("a", a)
        .and("b", b)
        .check(() -> a.matmul(b), t -> torch.matmul(t.get("a"), t.get("b")));
    var one = randn(5, 7);
    Parity.of("a", one)
        .and("b", b)
        .check(() -> one.matmul(b), t -> torch.matmul(t.get("a"), t.get("b")));
  }

  @Test
  void matmulOfVectors() {
    var vector = randn(7);
    for (var a : new Tensor[] {randn(7), randn(5, 7), randn(2, 5, 7)}) {
      Parity.of("a", a)
          .and("b", vector)
          .check(() -> a.matmul(vector), t -> torch.matmul(t.get("a"), t.get("b")));
    }
    for (var b : new Tensor[] {randn(7, 4), randn(3, 7, 4)}) {
      Parity.of("a", vector)
          .and("b", b)
          .check(() -> vector.matmul(b), t -> torch.matmul(t.get("a"), t.get("b")));
    }
  }

  @Test
  void matmulTransposed() {
    var a = randn(2, 1, 5, 7);
    var b = randn(3, 4, 7);
    Parity.of("a", a)
        .and("b", b)
        .check(
            () -> a.matmulTransposed(b),
            t -> torch.matmul(t.get("a"), t.get("b").transpose(-2, -1)));
  }

  @Test
  void linearWithoutBias() {
    var x = randn(5, 8);
    var weight = randn(3, 8);
    Parity.of("x", x)
        .and("weight", weight)
        .check(
            () -> x.linear(weight),
            t -> torch.linear(t.get("x"), t.get("weight"), new TensorOptional()));
  }
}
