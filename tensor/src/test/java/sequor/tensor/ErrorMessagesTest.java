package sequor.tensor;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sequor.kernels.Recurrences.Cell;
import sequor.kernels.Updates;

/// What users read when shapes do not fit: what, got, do.
class ErrorMessagesTest {
  private static final Tensor X = Tensor.zeros(2, 3);
  private static final Tensor CUBE = Tensor.zeros(2, 3, 4);
  private static final Tensor SCALAR = Tensor.of(1);
  private static final Ids IDS = Ids.of(new int[] {0, 5});

  static Stream<Arguments> mistakes() {
    return Stream.of(shapes(), products(), layouts(), lookups(), recurrences(), settings())
        .flatMap(mistakes -> mistakes);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void everyMistakeIsNamed(String message, Supplier<?> mistake) {
    assertThatThrownBy(mistake::get).isInstanceOf(TensorException.class).hasMessage(message);
  }

  private static Arguments says(String message, Supplier<?> mistake) {
    return arguments(message, mistake);
  }

  private static Stream<Arguments> shapes() {
    return Stream.of(
        says(
            "shape: sizes are 0 or more, got -2; compute it before the call",
            () -> Tensor.zeros(3, -2)),
        says(
            "shape: at most 2147483583 numbers fit one tensor, got [65536, 65536]; use a smaller"
                + " batch",
            () -> Shape.of(65536, 65536)),
        says("axis: (2,3) has axes 0 to 1 (or -1 for the last), got 2", () -> X.dim(2)),
        says("axis: (2,3) has axes 0 to 1 (or -1 for the last), got -3", () -> X.sum(-3)),
        says("axis: () is a single number and has no axes, got -1", () -> SCALAR.softmax()),
        says(
            "axis: a new axis of (2,3) goes to 0 to 2 (or -1 for the end), got 3",
            () -> X.shape().inserting(3, 1)),
        says(
            "tensor: (2,2) holds 4 numbers, got 3; give one number a place",
            () -> Tensor.of(new float[3], 2, 2)),
        says("get: place 3 of axis 1 of (2,3) — places run from 0 to 2", () -> X.get(0, 3)),
        says("get: place -1 of axis 0 of (2,3) — places run from 0 to 1", () -> X.get(-1, 0)),
        says("get: (2,3) needs 2 indices, got 1", () -> X.get(1)),
        says("item: (2,3) holds 6 numbers; use toArray()", () -> X.item()),
        says(
            "plus: (2,3) and (2) — sizes lined up from the last axis must be equal or 1 (3 ≠ 2);"
                + " reshape one of them so that its axes line up",
            () -> X.plus(Tensor.zeros(2))),
        says(
            "maximum: (2,3) and (3,2) — sizes lined up from the last axis must be equal or 1"
                + " (3 ≠ 2); reshape one of them so that its axes line up",
            () -> X.maximum(Tensor.zeros(3, 2))),
        says(
            "where: (2,3) and (3) — both must have the same shape",
            () -> X.where(X, Tensor.zeros(3))));
  }

  private static Stream<Arguments> products() {
    return Stream.of(
        says(
            "matmul: (2,3) · (4,3) — last dim of the first must equal first dim of the second"
                + " (3 ≠ 4); did you mean b.transpose()?",
            () -> X.matmul(Tensor.zeros(4, 3))),
        says(
            "matmul: (2,3) · (4,5) — last dim of the first must equal first dim of the second"
                + " (3 ≠ 4)",
            () -> X.matmul(Tensor.zeros(4, 5))),
        says(
            "matmul: (2,3) · (4) — last dim of the first must equal first dim of the second"
                + " (3 ≠ 4)",
            () -> X.matmul(Tensor.zeros(4))),
        says(
            "matmul: (2,3) · () — both need an axis; multiply by a number with times",
            () -> X.matmul(Tensor.of(2))),
        says(
            "matmul: (2,3,4) · (5,4,2) — axes before the last two, lined up from the right, must be"
                + " equal or 1 (2 ≠ 5); reshape one of them so that its axes line up",
            () -> CUBE.matmul(Tensor.zeros(5, 4, 2))),
        says(
            "matmulTransposed: (2,3) · (3,5) — last dim of the first must equal last dim of the"
                + " second (3 ≠ 5); did you mean matmul?",
            () -> X.matmulTransposed(Tensor.zeros(3, 5))),
        says(
            "linear: (2,3) into a weight of (5,4) — the last dim of the input must be the layer's"
                + " input size, the weight's second dim",
            () -> X.linear(Tensor.zeros(5, 4))),
        says(
            "linear: (2,3) into a weight of (5,4) — the last dim of the input must be the layer's"
                + " input size, the weight's second dim",
            () -> X.linear(Tensor.zeros(5, 4), Tensor.zeros(5))),
        says(
            "linear: bias (3) — must be (5) for weight (5,3)",
            () -> X.linear(Tensor.zeros(5, 3), Tensor.zeros(3))));
  }

  private static Stream<Arguments> layouts() {
    return Stream.of(
        says(
            "reshape: (2,3) to (4,2) — both must hold as many numbers (6 ≠ 8)",
            () -> X.reshape(4, 2)),
        says(
            "reshape: (2,3) to (4,1) — both must hold as many numbers (6 ≠ 4)",
            () -> X.reshape(4, -1)),
        says("reshape: (2) to (3) — both must hold as many numbers (2 ≠ 3)", () -> IDS.reshape(3)),
        says(
            "permute: axes [0, 0] of (2,3) — name each axis once, from 0 to 1",
            () -> X.permute(0, 0)),
        says("permute: axes [0] of (2,3) — name each axis once, from 0 to 1", () -> X.permute(0)),
        says("slice: 1 to 4 of axis 1 of (2,3) — needs 0 ≤ from ≤ to ≤ 3", () -> X.slice(1, 1, 4)),
        says("select: place 2 of axis 0 of (2,3) — places run from 0 to 1", () -> X.select(0, 2)),
        says("split: axis 1 of (2,3) into 2 — the parts must be equal", () -> X.split(2, 1)),
        says("expand: (2,3) to (3) — only axes of size 1 can grow", () -> X.expand(3)),
        says(
            "concat: nothing to join — give one tensor or more", () -> Tensor.concat(0, List.of())),
        says(
            "concat: (2,3) and (2,3,4) along axis 0 — all other axes must be equal",
            () -> Tensor.concat(0, List.of(X, CUBE))),
        says("max: axis 1 of (2,0) is empty; it has no largest", () -> Tensor.zeros(2, 0).max(1)),
        says(
            "argmax: axis -1 of (2,0) is empty; it has no largest",
            () -> Tensor.zeros(2, 0).argmax()));
  }

  private static Stream<Arguments> lookups() {
    var weights = Tensor.ones(3);
    return Stream.of(
        says(
            "embedding: the table must have two axes (V,D), got (2,3,4)",
            () -> CUBE.embedding(IDS)),
        says(
            "embedding: id 5 — ids run from 0 to 1; was it made with another vocabulary?",
            () -> X.embedding(IDS)),
        says(
            "embedding: padding index 2 of a table (2,3) — must be one of its rows, or -1 for none",
            () -> X.embedding(Ids.of(new int[] {0}), 2)),
        says(
            "pick: (2,3,4) by places (2) — the places must have the tensor's shape without its"
                + " last axis",
            () -> CUBE.pick(IDS)),
        says(
            "pick: id 5 — ids run from 0 to 2; was it made with another vocabulary?",
            () -> X.pick(IDS)),
        says(
            "cross-entropy: logits (2,3,4) with targets (2) — the targets must have the logits'"
                + " shape without its last axis, the classes",
            () -> CUBE.crossEntropy(IDS)),
        says(
            "cross-entropy: target 5 — classes run from 0 to 2; give rows to leave out the"
                + " ignored index (-100)",
            () -> X.crossEntropy(IDS)),
        says(
            "cross-entropy: the class weights: must be (3), got (2)",
            () -> X.crossEntropies(Ids.of(new int[2]), Tensor.ones(2), -1, 0)),
        says(
            "cross-entropy: smoothing must be from 0 to 1, got 1.5",
            () -> X.crossEntropies(Ids.of(new int[2]), weights, -1, 1.5f)),
        says(
            "layerNorm: the weight: must be (3), got (2)",
            () -> X.layerNorm(Tensor.ones(2), weights, 1e-5f)));
  }

  private static Stream<Arguments> recurrences() {
    return Stream.of(
        says(
            "recurrence: the input must be (B,T,D), got (2,3)",
            () -> gru(X, 6, Tensor.zeros(2, 2), Spans.full(2, 3))),
        says(
            "recurrence: weight_ih: must be (6,4), got (8,4)",
            () -> gru(CUBE, 8, Tensor.zeros(2, 2), Spans.full(2, 3))),
        says(
            "recurrence: h0: must be (2,2), got (3,2)",
            () -> gru(CUBE, 6, Tensor.zeros(3, 2), Spans.full(2, 3))),
        says(
            "recurrence: spans of 2 rows and 5 steps for an input (2,3,4) — both must be its own",
            () -> gru(CUBE, 6, Tensor.zeros(2, 2), Spans.full(2, 5))),
        says(
            "spans: length 4 in a batch of 3 steps — lengths run from 0 to the steps",
            () -> Spans.right(new int[] {4}, 3)),
        says(
            "spans: 1 starts and 2 ends — give one of each a row",
            () -> Spans.of(new int[1], new int[2], 3)),
        says(
            "spans: row 1 from 2 to 1 in a batch of 3 steps — needs 0 ≤ start ≤ end ≤ steps",
            () -> Spans.of(new int[] {0, 2}, new int[] {3, 1}, 3)));
  }

  private static Recurrence.Output gru(Tensor x, int width, Tensor h0, Spans spans) {
    var weights =
        new Recurrence.Weights(
            Tensor.zeros(width, 4),
            Tensor.zeros(width, 2),
            Tensor.zeros(width),
            Tensor.zeros(width));
    return Recurrence.run(Cell.GRU, x, weights, Recurrence.State.of(h0), spans, false);
  }

  private static Stream<Arguments> settings() {
    var random = new Seed(1).generator();
    return Stream.of(
        says("dropout: p must be at least 0 and less than 1, got 1.0", () -> X.dropout(1)),
        says(
            "uniform: from 2.0 to 1.0 — low must be less than high",
            () -> Tensor.uniform(random, 2, 1, 3)),
        says(
            "assign: (2,3) and (3) — both must have the same shape",
            () -> nothing(() -> X.assign(Tensor.zeros(3)))),
        says(
            "addGrad: (2,3) and (3) — both must have the same shape",
            () -> nothing(() -> X.addGrad(Tensor.zeros(3)))),
        says(
            "step: of 5 numbers on (2,3) — give the parameter's own size",
            () -> nothing(() -> InPlace.adagrad(X, X, new Updates.Adagrad(5, 1, 0, 0)))),
        says(
            "grad: (2,3) has no gradient — run backward on a loss that depends on it; a computed"
                + " tensor needs retainGrad() before that",
            () -> nothing(() -> InPlace.adagrad(X, X, new Updates.Adagrad(6, 1, 0, 0)))));
  }

  private static boolean nothing(Runnable mistake) {
    mistake.run();
    return true;
  }
}
