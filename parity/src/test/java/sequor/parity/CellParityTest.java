package sequor.parity;

import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.nn.Activation;
import sequor.nn.Gru;
import sequor.nn.GruCell;
import sequor.nn.Lstm;
import sequor.nn.LstmCell;
import sequor.nn.Rnn;
import sequor.nn.RnnCell;
import sequor.tensor.Tensor;

/// One step of each cell.
@Tag("libtorch")
class CellParityTest {
  private static final int INPUT = 5;
  private static final int HIDDEN = 7;

  private final RandomGenerator random = new Seed(3).generator();
  private final Tensor x = Tensor.randn(random, 3, INPUT);
  private final Tensor h = Tensor.randn(random, 3, HIDDEN);
  private final Tensor c = Tensor.randn(random, 3, HIDDEN);

  @Test
  void rnnTanh() {
    var cell = new RnnCell(INPUT, HIDDEN, random);
    Parity.of(cell)
        .and("x", x)
        .and("h", h)
        .check(
            () -> cell.forward(x, new Rnn.State(h)).h(),
            t ->
                torch.rnn_tanh_cell(
                    t.get("x"),
                    t.get("h"),
                    t.get("weight_ih"),
                    t.get("weight_hh"),
                    t.optional("bias_ih"),
                    t.optional("bias_hh")));
  }

  @Test
  void rnnRelu() {
    var cell = new RnnCell(INPUT, HIDDEN, Activation.RELU, random);
    Parity.of(cell)
        .and("x", x)
        .and("h", h)
        .check(
            () -> cell.forward(x, new Rnn.State(h)).h(),
            t ->
                torch.rnn_relu_cell(
                    t.get("x"),
                    t.get("h"),
                    t.get("weight_ih"),
                    t.get("weight_hh"),
                    t.optional("bias_ih"),
                    t.optional("bias_hh")));
  }

  @Test
  void gru() {
    var cell = new GruCell(INPUT, HIDDEN, random);
    Parity.of(cell)
        .and("x", x)
        .and("h", h)
        .check(
            () -> cell.forward(x, new Gru.State(h)).h(),
            t ->
                torch.gru_cell(
                    t.get("x"),
                    t.get("h"),
                    t.get("weight_ih"),
                    t.get("weight_hh"),
                    t.optional("bias_ih"),
                    t.optional("bias_hh")));
  }

  @Test
  void lstm() {
    var cell = new LstmCell(INPUT, HIDDEN, random);
    Parity.of(cell)
        .and("x", x)
        .and("h", h)
        .and("c", c)
        .checkAll(
            () -> cell.forward(x, new Lstm.State(h, c)).tensors(),
            t -> {
              var state =
                  torch.lstm_cell(
                      t.get("x"),
                      new TensorVector(t.get("h"), t.get("c")),
                      t.get("weight_ih"),
                      t.get("weight_hh"),
                      t.optional("bias_ih"),
                      t.optional("bias_hh"));
              return List.of(state.get0(), state.get1());
            });
  }
}
