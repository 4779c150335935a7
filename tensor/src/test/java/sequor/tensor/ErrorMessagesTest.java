package sequor.tensor;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sequor.Seed;
import sequor.kernels.Recurrences.Cell;
import sequor.kernels.Updates;

/// What users read when shapes do not fit: what, got, do.
class ErrorMessagesTest {
  private static final Tensor X = Tensor.zeros(2, 3);
  private static final Tensor CUBE = Tensor.zeros(2, 3, 4);
  private static final Tensor BIAS = Tensor.zeros(5);
  private static final Tensor SCALAR = Tensor.of(1);
  private static final Ids IDS = Ids.of(new int[] {0, 5});

  static Stream<Arguments> mistakes() {
    return Stream.of(
            shapes(), products(), layouts(), lookups(), recurrences(), attention(), settings())
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
            "lessOrEqual: (2,3) and (2) — sizes lined up from the last axis must be equal or 1"
                + " (3 ≠ 2); reshape one of them so that its axes line up",
            () -> X.lessOrEqual(Tensor.zeros(2))),
        says(
            "pow: (2,3) and (2) — sizes lined up from the last axis must be equal or 1 (3 ≠ 2);"
                + " reshape one of them so that its axes line up",
            () -> X.pow(Tensor.zeros(2))),
        says(
            "allClose: (2,3) and (2) — sizes lined up from the last axis must be equal or 1"
                + " (3 ≠ 2); reshape one of them so that its axes line up",
            () -> X.allClose(Tensor.zeros(2))),
        says(
            "maskedFill: a mask (2,3,4) for (4) — the mask must broadcast to the tensor's shape;"
                + " expand the tensor",
            () -> Tensor.zeros(4).maskedFill(CUBE, 1)),
        says(
            "where: (2,3) and (2) — sizes lined up from the last axis must be equal or 1 (3 ≠ 2);"
                + " reshape one of them so that its axes line up",
            () -> X.where(X, Tensor.zeros(2))));
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
            "conv1d: (2,3) with a weight of (2,3,4) — needs an input (B,T,D) and a weight (O,D,K)",
            () -> X.conv1d(CUBE, 1, 0, 1)),
        says(
            "conv1d: bias (3) — must be (5) for weight (5,4,2)",
            () -> CUBE.conv1d(Tensor.zeros(5, 4, 2), Tensor.zeros(3), 1, 0, 1)),
        says(
            "conv1d: stride 0, padding 0, dilation 1 — stride and dilation are 1 or more, padding 0"
                + " or more",
            () -> CUBE.conv1d(Tensor.zeros(5, 4, 2), 0, 0, 1)),
        says(
            "conv1d: a kernel of 3 steps, 2 apart, over (2,3,4) — it reaches over 5 steps, more than"
                + " the 3 with padding; pad more, or leave out short sequences",
            () -> CUBE.conv1d(Tensor.zeros(5, 4, 3), 1, 0, 2)),
        says(
            "conv1d: weight (5,4,0) — a window sees a step at least",
            () -> CUBE.conv1d(Tensor.zeros(5, 4, 0), 1, 0, 1)),
        says(
            "conv1d: dilation 0 — it is 1 or more",
            () -> Convolution.same(CUBE, Tensor.zeros(5, 4, 3), BIAS, 0, Spans.full(2, 3))),
        says(
            "conv1d: spans of 2 rows and 4 steps for an input (2,3,4) — both must be its own",
            () -> Convolution.reluMax(CUBE, Tensor.zeros(5, 4, 3), BIAS, 1, Spans.full(2, 4))),
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
        says(
            "reshape: (2,3) to [-1, -1] — only one dim may be -1, to be worked out",
            () -> X.reshape(-1, -1)),
        says(
            "slice: -1 to 1 of axis 0 of (2,3) — needs 0 ≤ from ≤ to ≤ 2", () -> X.slice(0, -3, 1)),
        says("select: place -1 of axis 0 of (2,3) — places run from 0 to 1", () -> X.select(0, -3)),
        says(
            "expand: (2,3) to [-1, 2, 3] — only an axis that is there can stay as it is, not a new"
                + " one",
            () -> X.expand(-1, 2, 3)),
        says(
            "squeeze: axis 1 of (2,3) — only an axis of size 1 can go; select one of its places",
            () -> X.squeeze(1)),
        says(
            "flatten: axes 2 to 0 of (2,3,4) — the first must not lie behind the last",
            () -> CUBE.flatten(2, 0)),
        says("repeat: (2,3) by [2] — give one number, 0 or more, for each axis", () -> X.repeat(2)),
        says(
            "unfold: windows of 4, 1 apart, along axis 1 of (2,3) — sizes run from 1 to 3, steps"
                + " from 1",
            () -> X.unfold(1, 4, 1)),
        says("sum: axes [0, -2] of (2,3) — name each axis once", () -> X.sum(0, -2)),
        says("min: axis 1 of (2,0) is empty; it has no largest", () -> Tensor.zeros(2, 0).min(1)),
        says("norm: p must be 1, 2 or Float.POSITIVE_INFINITY, got 3.0", () -> X.norm(3)),
        says("topK: 4 of axis 1 of (2,3) — k runs from 0 to 3", () -> X.topK(4, 1)),
        says("linspace: the count must be 0 or more, got -1", () -> Tensor.linspace(0, 1, -1)),
        says(
            "arange: from 0.0 to 3.0 by 0.0 — the step must not be 0, and lead there in fewer than 2³¹ steps",
            () -> Tensor.arange(0, 3, 0)),
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
            "embeddingBag: the table must have two axes (V,D), got (2,3,4)",
            () -> CUBE.embeddingBag(IDS, IDS)),
        says(
            "embeddingBag: ids (2,1) with offsets (2) — give vectors: all ids, and where each bag"
                + " begins",
            () -> X.embeddingBag(IDS.unsqueeze(-1), IDS)),
        says(
            "embeddingBag: offset 1 of bag 0 — the first is 0, none is less than the one before, and"
                + " there are 2 ids",
            () -> X.embeddingBag(Ids.of(new int[2]), Ids.of(new int[] {1}))),
        says(
            "embeddingBag: offset 3 of bag 1 — the first is 0, none is less than the one before, and"
                + " there are 2 ids",
            () -> X.embeddingBag(Ids.of(new int[2]), Ids.of(new int[] {0, 3}))),
        says(
            "embeddingBag: 2 ids and no bag — give the offset 0",
            () -> X.embeddingBag(Ids.of(new int[2]), Ids.of(new int[0]))),
        says(
            "embeddingBag: id 5 — ids run from 0 to 1; was it made with another vocabulary?",
            () -> X.embeddingBag(IDS, Ids.of(new int[] {0, 1}))),
        says(
            "gather: ids (2) along axis -1 of (2,3,4) — the ids must have its rank and, but for that"
                + " axis, its sizes; use unsqueeze, or slice what is longer",
            () -> CUBE.gather(-1, IDS)),
        says(
            "gather: ids (3,1) along axis 1 of (2,3) — the ids must have its rank and, but for that"
                + " axis, its sizes; use unsqueeze, or slice what is longer",
            () -> X.gather(1, Ids.of(new int[3], 3, 1))),
        says(
            "gather: id 5 — ids run from 0 to 2; was it made with another vocabulary?",
            () -> X.gather(1, IDS.unsqueeze(-1))),
        says(
            "indexSelect: ids (2,1) — give a vector of places, or gather with ids of the tensor's"
                + " rank",
            () -> X.indexSelect(0, IDS.unsqueeze(-1))),
        says(
            "indexSelect: id 5 — ids run from 0 to 2; was it made with another vocabulary?",
            () -> X.indexSelect(1, IDS)),
        says(
            "scatterAdd: ids (2,1) for a source (2,3) — give one id a number",
            () -> X.scatterAdd(1, Ids.of(new int[2], 2, 1), X)),
        says(
            "oneHot: id 5 — ids run from 0 to 4; was it made with another vocabulary?",
            () -> IDS.oneHot(5)),
        says(
            "toIds: 0.5 is not a whole number that fits an int; round it first",
            () -> Tensor.of(0.5f).toIds()),
        says("tril: (2) — needs two axes or more (…,M,N)", () -> Tensor.zeros(2).tril(0)),
        says(
            "multinomial: row 1 has 1 weights above 0, too few for 2 draws without replacement",
            () ->
                Tensor.of(new float[] {1, 1, 0, 3}, 2, 2)
                    .multinomial(2, false, new Seed(1).generator())),
        says(
            "multinomial: weight -1.0 in row 0 — weights are finite and 0 or more; is a softmax"
                + " missing?",
            () -> X.minus(1).multinomial(1, true, new Seed(1).generator())),
        says(
            "multinomial: the count must be 0 or more, got -1",
            () -> X.multinomial(-1, true, new Seed(1).generator())),
        says(
            "cross-entropy: logits (2,3,4) with targets (2) — the targets must have the logits'"
                + " shape without its last axis, the classes",
            () -> CUBE.crossEntropy(IDS)),
        says(
            "cross-entropy: target 5 — classes run from 0 to 2; give rows to leave out the"
                + " ignored index (-100)",
            () -> X.crossEntropy(IDS)),
        says(
            "cross-entropy: the class weights require a gradient, and have none; detach() them",
            () -> X.crossEntropies(Ids.of(new int[2]), Tensor.ones(3).requiresGrad(true), -100, 0)),
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

  private static Stream<Arguments> attention() {
    return Stream.of(
        says(
            "attention: size 4 and 3 heads — the heads must divide it",
            () -> attended(4, 3, Spans.full(2, 3), Spans.full(2, 3))),
        says(
            "attention: queries (2,3,4) from 0 on — needs (B,T,·) with 6 numbers a step from there",
            () -> attended(6, 3, Spans.full(2, 3), Spans.full(2, 3))),
        says(
            "attention: spans of 2 rows and 4 steps for keys (2,3,4) — both must be their own",
            () -> attended(4, 2, Spans.full(2, 3), Spans.full(2, 4))));
  }

  private static Tensor attended(int size, int heads, Spans asking, Spans seen) {
    var part = new DotProductAttention.Part(CUBE, 0);
    var settings = new DotProductAttention.Settings(size, heads, 0, false);
    return DotProductAttention.attend(part, part, part, asking, seen, settings);
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
            "write: (2,4) into (2,3) along axis 0 — all other axes must be equal",
            () -> nothing(() -> InPlace.write(X, 0, 0, Tensor.zeros(2, 4)))),
        says(
            "write: 1 to 3 of axis 0 of (2,3) — needs 0 ≤ from ≤ to ≤ 2",
            () -> nothing(() -> InPlace.write(X, 0, 1, Tensor.zeros(2, 3)))),
        says(
            "write: into a (2) that a gradient flows through — write into a detached copy()",
            () ->
                nothing(
                    () ->
                        InPlace.write(Tensor.zeros(2).requiresGrad(true), 0, 0, Tensor.zeros(1)))),
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
