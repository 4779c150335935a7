package sequor.examples;

import java.util.List;
import java.util.random.RandomGenerator;
import sequor.nn.Activation;
import sequor.nn.Linear;
import sequor.nn.Parts;
import sequor.nn.Recurrent;
import sequor.nn.RecurrentState;
import sequor.nn.Rnn;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// A recurrent layer of one's own, which carries what it puts out instead of what it hides; as a
/// [Recurrent] it can be stacked, read both ways and given padded batches like those of the
/// library.
///
/// ```
/// output to hidden (Jordan 1986):   h' = tanh(W·x + U·y + b)     y' = g(V·h' + c)
/// output to output:                 h' = tanh(W·x + b)           y' = g(V·h' + U·y + c)
/// ```
///
/// An [Rnn] is the third of the kind, hidden to hidden (Elman 1990). All that these know of the
/// past has to pass through the output, which makes them weaker and their training simpler.
final class OutputRecurrent implements Recurrent<OutputRecurrent.State> {
  /// Where the previous output goes.
  enum Connection {
    OUTPUT_TO_HIDDEN,
    OUTPUT_TO_OUTPUT
  }

  /// @param y the previous output (B,O)
  record State(Tensor y) implements RecurrentState<State> {
    @Override
    public Tensor output() {
      return y;
    }

    @Override
    public List<Tensor> tensors() {
      return List.of(y);
    }

    @Override
    public State with(List<Tensor> tensors) {
      return new State(tensors.getFirst());
    }
  }

  private record Weights(Linear input, Linear output, Linear feedback) {}

  private final Connection connection;
  private final Weights weights;
  private final Activation activation;
  private final int outputSize;
  private final boolean reverse;

  /// @param inputSize D
  /// @param hiddenSize H
  /// @param outputSize O
  /// @param activation g
  OutputRecurrent(
      Connection connection,
      int inputSize,
      int hiddenSize,
      int outputSize,
      Activation activation,
      RandomGenerator random) {
    this(
        connection,
        new Weights(
            new Linear(inputSize, hiddenSize, random),
            new Linear(hiddenSize, outputSize, random),
            new Linear(
                outputSize,
                connection == Connection.OUTPUT_TO_HIDDEN ? hiddenSize : outputSize,
                random)),
        activation,
        outputSize,
        false);
  }

  private OutputRecurrent(
      Connection connection,
      Weights weights,
      Activation activation,
      int outputSize,
      boolean reverse) {
    this.connection = connection;
    this.weights = weights;
    this.activation = activation;
    this.outputSize = outputSize;
    this.reverse = reverse;
  }

  @Override
  public Output<State> forward(Tensor x, State initial, Spans spans) {
    var result = Unroll.unroll(x, initial.y(), spans, reverse, this::step);
    return new Output<>(result.hidden(), new State(result.last()));
  }

  private Tensor step(Tensor x, Tensor y) {
    var fromInput = weights.input.forward(x); // (B,H)
    var fromOutput = weights.feedback.forward(y); // (B,H) or (B,O)
    return switch (connection) {
      case OUTPUT_TO_HIDDEN -> {
        var h = fromInput.plus(fromOutput).tanh();
        yield activation.forward(weights.output.forward(h)); // (B,O)
      }
      case OUTPUT_TO_OUTPUT -> {
        var h = fromInput.tanh();
        yield activation.forward(weights.output.forward(h).plus(fromOutput)); // (B,O)
      }
    };
  }

  @Override
  public State zeroState(int batch) {
    return new State(Tensor.zeros(batch, outputSize));
  }

  /// The width O of the output.
  @Override
  public int hiddenSize() {
    return outputSize;
  }

  @Override
  public OutputRecurrent reversed() {
    return new OutputRecurrent(connection, weights, activation, outputSize, !reverse);
  }

  @Override
  public Parts parts(String suffix) {
    return Parts.of("input" + suffix, weights.input)
        .and("output" + suffix, weights.output)
        .and("feedback" + suffix, weights.feedback);
  }
}
