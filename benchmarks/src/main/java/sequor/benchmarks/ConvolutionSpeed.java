package sequor.benchmarks;

import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import sequor.kernels.Convolutions;
import sequor.kernels.Floats;
import sequor.kernels.HeapInts;
import sequor.kernels.Ints;
import sequor.kernels.Recurrences.Span;

/// A convolution with ReLU, alone and with its maximum over time, which goes back through the
/// largest windows only: 2·B·T·D·O·K operations forward.
public class ConvolutionSpeed extends Speed {
  /// B, T, D, O, K: a sentence classifier on reviews and on short lines, and a wide one.
  @Param({"32 240 100 100 3", "64 20 64 128 5", "16 512 256 256 3"})
  private String sizes = "";

  private Convolutions.Layer layer = new Convolutions.Layer(NONE, NONE, NONE);
  private Convolutions.Gradients gradients = new Convolutions.Gradients(NONE, NONE, NONE);
  private Convolutions.Size size =
      new Convolutions.Size(0, 0, 0, 0, 0, new Convolutions.Window(1, 1, 1, 0, true));
  private Floats y = NONE;
  private Floats dy = NONE;
  private Floats largest = NONE;
  private Floats ofLargest = NONE;
  private Ints places = new HeapInts(new int[0]);
  private Span span = new Span(places, places);

  /// For JMH.
  public ConvolutionSpeed() {}

  @Setup
  public void fill() {
    int[] dims = Arrays.stream(sizes.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
    int batch = dims[0];
    int steps = dims[1];
    int in = dims[2];
    int out = dims[3];
    int width = dims[4];
    var window = new Convolutions.Window(width, 1, 1, width / 2, true);
    size = new Convolutions.Size(batch, steps, in, steps, out, window);
    layer =
        new Convolutions.Layer(
            random(batch * steps * in, 1), random(out * in * width, 1), random(out, 1));
    gradients =
        new Convolutions.Gradients(zeros(batch * steps * in), zeros(out * in * width), zeros(out));
    y = zeros(batch * steps * out);
    dy = random(batch * steps * out, 1);
    largest = zeros(batch * out);
    ofLargest = random(batch * out, 1);
    places = bound().memory().ints(batch * out);
    int[] ends = new int[batch];
    Arrays.fill(ends, steps);
    span = new Span(bound().memory().ints(batch), bound().memory().ints(ends));
    forward();
    forwardMax();
  }

  @Benchmark
  public Floats forward() {
    bound().convolutions().forward(layer, y, span, span, size);
    return y;
  }

  @Benchmark
  public Floats backward() {
    bound().convolutions().backward(layer, y, dy, gradients, span, span, size);
    return gradients.weight();
  }

  @Benchmark
  public Floats forwardMax() {
    bound().convolutions().forwardMax(layer, largest, places, span, size);
    return largest;
  }

  @Benchmark
  public Floats backwardMax() {
    bound().convolutions().backwardMax(layer, places, ofLargest, gradients, span, size);
    return gradients.weight();
  }
}
