package sequor.benchmarks;

import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import sequor.nn.Gru;
import sequor.nn.Lstm;
import sequor.nn.MinGru;
import sequor.nn.Recurrent;
import sequor.nn.Rnn;
import sequor.nn.S4d;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

/// A recurrent layer forward and back, with its input product and all gradients: what a training
/// step spends its time on.
public class RecurrentSpeed extends Speed {
  /// Cell, B, T, D, H.
  @Param({
    "LSTM 64 40 256 512",
    "GRU 64 40 256 512",
    "MIN_GRU 64 40 256 512",
    "RNN 64 19 100 64",
    "GRU 8 2048 256 256",
    "MIN_GRU 8 2048 256 256",
    "S4D 8 2048 256 256"
  })
  private String layer = "";

  private Runnable step = () -> {};

  /// For JMH.
  public RecurrentSpeed() {}

  @Setup
  public void fill() {
    // Tensors bind their kernels once, when the first is made; JMH gives each pair a process.
    System.setProperty("sequor.kernels", kernels);
    String[] words = layer.split(" ", -1);
    int batch = Integer.parseInt(words[1]);
    int steps = Integer.parseInt(words[2]);
    int d = Integer.parseInt(words[3]);
    int h = Integer.parseInt(words[4]);
    var random = new Random(1);
    Recurrent<?> recurrent =
        switch (words[0]) {
          case "LSTM" -> new Lstm(d, h, random);
          case "GRU" -> new Gru(d, h, random);
          case "MIN_GRU" -> new MinGru(d, h, random);
          case "S4D" -> new S4d(d, h, random);
          default -> new Rnn(d, h, random);
        };
    var x = Tensor.uniform(random, -1, 1, batch, steps, d).requiresGrad(true);
    var gradient = Tensor.uniform(random, -1e-3f, 1e-3f, batch, steps, h);
    step =
        () -> {
          try (var tape = Tape.open()) {
            tape.backward(recurrent.forward(x).hidden(), gradient);
          }
        };
  }

  @Benchmark
  public void step() {
    step.run();
  }
}
