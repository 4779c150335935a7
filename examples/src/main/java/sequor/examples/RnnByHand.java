package sequor.examples;

import static java.lang.Math.abs;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import sequor.Seed;
import sequor.nn.Rnn;
import sequor.store.Safetensors;
import sequor.tensor.Tensor;

/// What a recurrent layer computes, with two loops and nothing else.
///
/// ```
/// hₜ = tanh(W_ih·xₜ + b_ih + W_hh·hₜ₋₁ + b_hh)      h₀ = 0
/// ```
///
/// (Elman 1990, "Finding structure in time".) The layer keeps its weights under PyTorch's names, so
/// it takes those of a safetensors file as they are: `rnn.safetensors` has what
/// `torch.manual_seed(1); torch.nn.RNN(5, 2)` draws.
///
/// Letters: B batch, T steps, D input size, H hidden size.
final class RnnByHand {
  static void main() throws IOException {
    var rnn = new Rnn(5, 2, new Seed(1).generator());
    load(rnn);
    float[][] x = {{1, 1, 1, 1, 1}, {2, 2, 2, 2, 2}, {3, 3, 3, 3, 3}}; // (T,D)
    float[][] pyTorch = {{-0.3520f, 0.5253f}, {-0.6842f, 0.7607f}, {-0.8649f, 0.9047f}}; // (T,H)

    float[][] hidden = byHand(rnn, x); // (T,H)
    var output = rnn.forward(batchOfOne(x)); // hidden (1,T,H), last (1,H)

    for (int t = 0; t < x.length; t++) {
      IO.println(
          "step %d   by hand %s   layer %s"
              .formatted(
                  t + 1,
                  Arrays.toString(hidden[t]),
                  Arrays.toString(output.hidden().select(1, t).toArray())));
      for (int i = 0; i < 2; i++) {
        float fromLayer = output.hidden().get(0, t, i);
        Claim.holds(abs(hidden[t][i] - fromLayer) < 1e-6, "step %d agrees: %g", t, fromLayer);
        Claim.holds(abs(pyTorch[t][i] - fromLayer) < 1e-4, "with PyTorch too: %g", fromLayer);
      }
    }
    Claim.holds(
        Arrays.equals(output.last().h().toArray(), output.hidden().select(1, 2).toArray()),
        "the last state is the hidden state after the last step");
  }

  /// Gives the layer the weights of `rnn.safetensors`.
  static void load(Rnn rnn) throws IOException {
    Path file = Files.createTempFile("rnn", ".safetensors");
    try (var in = requireNonNull(RnnByHand.class.getResourceAsStream("rnn.safetensors"))) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      try (var weights = Safetensors.open(file)) {
        weights.loadInto(rnn.parameters());
      }
    } finally {
      Files.delete(file);
    }
  }

  /// The hidden state after each step.
  static float[][] byHand(Rnn rnn, float[][] x) {
    float[] inputWeights = rnn.parameter("weight_ih_l0").toArray(); // (H,D)
    float[] hiddenWeights = rnn.parameter("weight_hh_l0").toArray(); // (H,H)
    float[] inputBias = rnn.parameter("bias_ih_l0").toArray(); // (H)
    float[] hiddenBias = rnn.parameter("bias_hh_l0").toArray(); // (H)
    int size = rnn.hiddenSize();

    float[] h = new float[size];
    float[][] hidden = new float[x.length][];
    for (int t = 0; t < x.length; t++) {
      float[] next = new float[size];
      for (int i = 0; i < size; i++) {
        float sum = inputBias[i] + hiddenBias[i];
        for (int j = 0; j < x[t].length; j++) {
          sum += inputWeights[i * x[t].length + j] * x[t][j];
        }
        for (int j = 0; j < size; j++) {
          sum += hiddenWeights[i * size + j] * h[j];
        }
        next[i] = (float) Math.tanh(sum);
      }
      h = next;
      hidden[t] = h;
    }
    return hidden;
  }

  /// The steps (T,D) as a batch of one sequence. // (1,T,D)
  static Tensor batchOfOne(float[][] steps) {
    var rows = Arrays.stream(steps).map(Tensor::of).toList();
    return Tensor.stack(0, rows).reshape(1, steps.length, steps[0].length);
  }
}
