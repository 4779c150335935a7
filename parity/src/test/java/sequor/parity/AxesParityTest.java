package sequor.parity;

import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.Seed;
import sequor.nn.Conv1d;
import sequor.tensor.Ids;
import sequor.tensor.Tensor;

/// What goes along axes: reductions, order, places, windows.
@Tag("libtorch")
class AxesParityTest {
  private final RandomGenerator random = new Seed(8).generator();
  private final Tensor x = Tensor.randn(random, 3, 4, 5);
  private final Ids ids = Ids.of(new int[] {0, 2, 2, 1, 3, 0, 1, 1, 0, 3, 3, 2}, 3, 2, 2);

  @Test
  void sumsAndMeans() {
    Parity.of("x", x)
        .check(
            () -> x.sum(new int[] {0, 2}, true),
            t -> t.get("x").sum(new long[] {0, 2}, true, new ScalarTypeOptional()));
    Parity.of("x", x)
        .check(
            () -> x.mean(-1, true),
            t -> t.get("x").mean(new long[] {-1}, true, new ScalarTypeOptional()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void deviations(boolean corrected) {
    int correction = corrected ? 1 : 0;
    Parity.of("x", x)
        .check(
            () -> x.std(new int[] {1}, correction, false),
            t -> torch.std(t.get("x"), new long[] {1}, corrected, false));
    Parity.of("x", x)
        .check(
            () -> x.variance(new int[] {0, 2}, correction, true),
            t -> torch.var(t.get("x"), new long[] {0, 2}, corrected, true));
  }

  @ParameterizedTest
  @ValueSource(floats = {1, 2, Float.POSITIVE_INFINITY})
  void norms(float p) {
    Parity.of("x", x)
        .check(
            () -> x.norm(p, new int[] {1}, false),
            t ->
                torch.linalg_vector_norm(
                    t.get("x"), new Scalar(p), new long[] {1}, false, new ScalarTypeOptional()));
  }

  @Test
  void logSumExp() {
    Parity.of("x", x)
        .check(
            () -> x.logSumExp(new int[] {0, 2}, true),
            t -> torch.logsumexp(t.get("x"), new long[] {0, 2}, true));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, -1})
  void softmaxAndRunningSums(int axis) {
    Parity.of("x", x).check(() -> x.softmax(axis), t -> torch.softmax(t.get("x"), axis));
    Parity.of("x", x).check(() -> x.logSoftmax(axis), t -> torch.log_softmax(t.get("x"), axis));
    Parity.of("x", x).check(() -> x.cumsum(axis), t -> torch.cumsum(t.get("x"), axis));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, -1})
  void theLargestAndSmallest(int axis) {
    Parity.of("x", x).check(() -> x.max(axis), t -> torch.max(t.get("x"), axis).get0());
    Parity.of("x", x).check(() -> x.min(axis, true), t -> torch.min(t.get("x"), axis, true).get0());
    Parity.of("x", x)
        .check(
            () -> x.maxWithIndices(axis, false).values(), t -> torch.max(t.get("x"), axis).get0());
    Parity.of("x", x)
        .check(
            () -> x.topK(2, axis).values(),
            t -> torch.topk(t.get("x"), 2, axis, true, true).get0());
    Parity.of("x", x)
        .check(
            () -> x.sort(axis, true).values(),
            t -> torch.sort(t.get("x"), new BoolOptional(true), axis, true).get0());
  }

  /// The gradient of equals: shared, but all of it to the first where its place is told.
  @Test
  void equals() {
    var equal = Tensor.of(new float[] {1, 3, 3, 2, 2, 2}, 2, 3);
    Parity.of("x", equal)
        .check(() -> equal.max(1), t -> torch.amax(t.get("x"), new long[] {1}, false));
    Parity.of("x", equal).check(() -> equal.min(0, 1), t -> torch.min(t.get("x")));
    Parity.of("x", equal)
        .check(
            () -> equal.norm(Float.POSITIVE_INFINITY, 1),
            t ->
                torch.linalg_vector_norm(
                    t.get("x"),
                    new Scalar(Double.POSITIVE_INFINITY),
                    new long[] {1},
                    false,
                    new ScalarTypeOptional()));
    Parity.of("x", equal)
        .check(() -> equal.maxWithIndices(1, false).values(), t -> torch.max(t.get("x"), 1).get0());
  }

  @Test
  void places() {
    Parity.of("x", x)
        .check(() -> x.gather(1, ids), t -> torch.gather(t.get("x"), 1, Torch.of(ids)));
    var rows = Ids.of(new int[] {3, 0, 0});
    Parity.of("x", x)
        .check(
            () -> x.indexSelect(1, rows), t -> torch.index_select(t.get("x"), 1, Torch.of(rows)));
    var wide = Ids.of(new int[] {0, 2, 2, 1, 3, 0, 1, 1, 0, 3, 3, 2, 0, 1, 2}, 3, 1, 5);
    var source = Tensor.randn(random, 3, 1, 5);
    Parity.of("x", x)
        .and("source", source)
        .check(
            () -> x.scatterAdd(1, wide, source),
            t -> torch.scatter_add(t.get("x"), 1, Torch.of(wide), t.get("source")));
    Parity.of("x", x)
        .and("source", source)
        .check(
            () -> x.scatter(1, wide, source),
            t -> torch.scatter(t.get("x"), 1, Torch.of(wide), t.get("source")));
  }

  @Test
  void triangles() {
    Parity.of("x", x).check(() -> x.tril(-1), t -> torch.tril(t.get("x"), -1));
    Parity.of("x", x).check(() -> x.triu(2), t -> torch.triu(t.get("x"), 2));
  }

  @ParameterizedTest
  @CsvSource({"1,3,1", "-1,2,3", "0,2,1"})
  void windows(int axis, int size, int step) {
    Parity.of("x", x)
        .check(() -> x.unfold(axis, size, step), t -> t.get("x").unfold(axis, size, step));
  }

  @ParameterizedTest
  @CsvSource({"1,1,0,1", "3,1,1,1", "5,2,4,1", "3,3,2,4", "4,2,0,3"})
  void conv1d(int kernel, int stride, int padding, int dilation) {
    var config =
        Conv1d.Config.of(6, 7, kernel)
            .withStride(stride)
            .withPadding(padding)
            .withDilation(dilation);
    var conv = new Conv1d(config, random);
    var sequences = Tensor.randn(random, 3, 17, 6);
    Parity.of(conv)
        .and("x", sequences)
        .check(
            () -> conv.forward(sequences),
            t ->
                torch
                    .conv1d(
                        t.get("x").transpose(1, 2), // (B,D,T)
                        t.get("weight"),
                        t.optional("bias"),
                        new long[] {stride},
                        new long[] {padding},
                        new long[] {dilation},
                        1)
                    .transpose(1, 2));
  }

  @Test
  void conv1dWithoutBias() {
    var conv = new Conv1d(Conv1d.Config.of(6, 7, 3).withoutBias(), random);
    var sequences = Tensor.randn(random, 2, 9, 6);
    Parity.of(conv)
        .and("x", sequences)
        .check(
            () -> conv.forward(sequences),
            t ->
                torch
                    .conv1d(
                        t.get("x").transpose(1, 2),
                        t.get("weight"),
                        new TensorOptional(),
                        new long[] {1},
                        new long[] {0},
                        new long[] {1},
                        1)
                    .transpose(1, 2));
  }
}
