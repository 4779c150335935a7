package sequor.testkit.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import sequor.kernels.Unary;
import sequor.tensor.Convolution;
import sequor.tensor.Shape;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;
import sequor.testkit.fuzz.Source.Kind;

/// Convolutions over time, of whole sequences and of padded ones.
final class ConvolutionOps {
  /// What becomes of the windows of padded sequences.
  private enum Form {
    SAME("same"),
    SAME_RELU("sameRelu"),
    MAX("max"),
    RELU_MAX("reluMax");

    private final String method;

    Form(String method) {
      this.method = method;
    }

    boolean isMax() {
      return this == MAX || this == RELU_MAX;
    }

    boolean hasRelu() {
      return this == SAME_RELU || this == RELU_MAX;
    }

    Tensor run(Tensor x, Tensor weight, Tensor bias, int dilation, Spans spans) {
      return switch (this) {
        case SAME -> Convolution.same(x, weight, bias, dilation, spans);
        case SAME_RELU -> Convolution.sameRelu(x, weight, bias, dilation, spans);
        case MAX -> Convolution.max(x, weight, bias, dilation, spans);
        case RELU_MAX -> Convolution.reluMax(x, weight, bias, dilation, spans);
      };
    }
  }

  private ConvolutionOps() {}

  static List<FuzzOp> all() {
    var ops = new ArrayList<FuzzOp>();
    ops.add(FuzzOp.always("conv1d", ConvolutionOps::whole));
    for (var form : Form.values()) {
      ops.add(FuzzOp.always("convolution " + form.method, draw -> padded(draw, form)));
    }
    return ops;
  }

  private static int input(Draw draw, int fewestSteps) {
    return draw.existing(
            i ->
                draw.shape(i).rank() == 3
                    && draw.shape(i).size() <= draw.most()
                    && draw.shape(i).dim(1) >= fewestSteps)
        .orElseGet(
            () ->
                draw.leaf(
                    Kind.NORMAL,
                    draw.between(0, 3),
                    draw.between(fewestSteps, 9),
                    draw.between(1, 9)));
  }

  private static Call whole(Draw draw) {
    int x = input(draw, 1);
    int batch = draw.shape(x).dim(0);
    int steps = draw.shape(x).dim(1);
    int d = draw.shape(x).dim(2);
    int out = draw.between(1, 9);
    int stride = draw.between(1, 3);
    int dilation = draw.between(1, 2);
    int kernel = draw.between(1, 3);
    int missing = Math.max(0, dilation * (kernel - 1) + 1 - steps);
    int padding = draw.between(Math.ceilDiv(missing, 2), Math.ceilDiv(missing, 2) + 2);
    int weight = draw.like(Kind.NORMAL, out, d, kernel);
    boolean biased = draw.chance(70);
    var inputs = biased ? List.of(x, weight, draw.like(Kind.NORMAL, out)) : List.of(x, weight);
    int length = (steps + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1;
    var shape = Shape.of(batch, length, out);
    return Call.of(
            "conv1d",
            "%s.conv1d(%s, "
                + (biased ? "%s, " : "")
                + Draw.joined(stride, padding, dilation)
                + ")",
            inputs,
            in ->
                biased
                    ? in.get(0).conv1d(in.get(1), in.get(2), stride, padding, dilation)
                    : in.get(0).conv1d(in.get(1), stride, padding, dilation),
            (t, in) ->
                Ref.of(
                    shape,
                    place -> {
                      int[] index = Ref.index(shape, place);
                      int first = index[1] * stride - padding;
                      return window(t, in, index[0], index[2], first, dilation, 0, steps);
                    }))
        .needing(Needs.partners());
  }

  /// One window of row `b` that begins at step `first`, of the steps `start ≤ step < end`.
  private static int window(
      Trace t, List<Ref> in, int b, int o, int first, int dilation, int start, int end) {
    int d = in.get(0).dim(2);
    int[] taps =
        IntStream.range(0, in.get(1).dim(2))
            .filter(k -> first + k * dilation >= start)
            .filter(k -> first + k * dilation < end)
            .toArray();
    int[] xs = new int[taps.length * d];
    int[] ws = new int[taps.length * d];
    for (int i = 0; i < xs.length; i++) {
      int k = taps[i / d];
      xs[i] = in.get(0).at(b, first + k * dilation, i % d);
      ws[i] = in.get(1).at(o, i % d, k);
    }
    return in.size() > 2 ? t.dot(xs, ws, in.get(2).node(o)) : t.dot(xs, ws);
  }

  private static Call padded(Draw draw, Form form) {
    int x = input(draw, 0);
    int batch = draw.shape(x).dim(0);
    int steps = draw.shape(x).dim(1);
    int d = draw.shape(x).dim(2);
    int out = draw.width();
    int dilation = draw.between(1, 3);
    int kernel = draw.between(1, 5);
    var spans = draw.spans(batch, steps);
    int weight = draw.like(Kind.NORMAL, out, d, kernel);
    boolean biased = draw.chance(70);
    var inputs = biased ? List.of(x, weight, draw.like(Kind.NORMAL, out)) : List.of(x, weight);
    var shape = form.isMax() ? Shape.of(batch, out) : Shape.of(batch, steps, out);
    return Call.of(
            "convolution " + form.method,
            "Convolution.%s(%%1$s, %%2$s, %s, %d, %s)"
                .formatted(
                    form.method, biased ? "%3$s" : "Tensor.zeros(0)", dilation, Draw.java(spans)),
            inputs,
            in -> {
              var bias = biased ? in.get(2) : Tensor.zeros(0);
              return form.run(in.get(0), in.get(1), bias, dilation, spans);
            },
            (t, in) ->
                Ref.of(
                    shape,
                    place -> {
                      int[] index = Ref.index(shape, place);
                      int b = index[0];
                      int o = index[index.length - 1];
                      int[] windows =
                          IntStream.range(spans.start(b), spans.end(b))
                              .filter(step -> form.isMax() || step == index[1])
                              .map(step -> step - (kernel - 1) * dilation / 2)
                              .map(
                                  first ->
                                      window(
                                          t,
                                          in,
                                          b,
                                          o,
                                          first,
                                          dilation,
                                          spans.start(b),
                                          spans.end(b)))
                              .toArray();
                      if (windows.length == 0) {
                        return t.constant(0);
                      }
                      int z = form.isMax() ? t.largest(windows) : windows[0];
                      return form.hasRelu() ? t.map(Curve.of(Unary.RELU), z) : z;
                    }))
        .needing(Needs.partners().orMaybe(Needs.RESULT));
  }
}
