package sequor.parity;

import java.util.ArrayList;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sequor.Seed;
import sequor.nn.Conv1d;
import sequor.tensor.Spans;

/// Convolutions of padded rows: each row of libtorch's alone, padded with zeros as its
/// `padding='same'` says.
@Tag("libtorch")
class ConvolutionParityTest {
  private static final int STEPS = 17;

  private final RandomGenerator random = new Seed(9).generator();
  private final Spans spans = Spans.of(new int[] {0, 3, 6, 0}, new int[] {17, 17, 8, 1}, STEPS);
  private final sequor.tensor.Tensor x = sequor.tensor.Tensor.randn(random, 4, STEPS, 6);

  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "3,1", "4,1", "5,1", "3,2", "4,3"})
  void everyRowAsAlone(int kernel, int dilation) {
    var conv = new Conv1d(Conv1d.Config.of(6, 7, kernel).withDilation(dilation), random);
    var parity = Parity.of(conv).and("x", x);
    parity.check(() -> conv.forward(x, spans), t -> stacked(t, kernel, dilation, false));
    parity.check(() -> conv.forwardRelu(x, spans), t -> stacked(t, kernel, dilation, true));
    parity.check(
        () -> conv.reluMax(x, spans),
        t -> {
          var rows = new ArrayList<Tensor>();
          for (int b = 0; b < 4; b++) {
            rows.add(torch.max(row(t, b, kernel, dilation).relu(), 1).get0());
          }
          return torch.stack(vector(rows), 0); // (B,O)
        });
  }

  /// One row's windows. // (O,T')
  private Tensor row(Torch.Leaves t, int b, int kernel, int dilation) {
    int around = (kernel - 1) * dilation;
    var row =
        t.get("x")
            .select(0, b)
            .narrow(0, spans.start(b), spans.length(b))
            .transpose(0, 1); // (D,T')
    var padded = torch.constant_pad_nd(row.unsqueeze(0), around / 2, around - around / 2);
    return torch
        .conv1d(
            padded,
            t.get("weight"),
            t.optional("bias"),
            new long[] {1},
            new long[] {0},
            new long[] {dilation},
            1)
        .squeeze(0);
  }

  /// The rows at their places, between zeros. // (B,T,O)
  private Tensor stacked(Torch.Leaves t, int kernel, int dilation, boolean relu) {
    var rows = new ArrayList<Tensor>();
    for (int b = 0; b < 4; b++) {
      var row = row(t, b, kernel, dilation);
      var real = relu ? row.relu() : row;
      rows.add(torch.constant_pad_nd(real, spans.start(b), STEPS - spans.end(b)));
    }
    return torch.stack(vector(rows), 0).transpose(1, 2);
  }

  private static TensorVector vector(Iterable<Tensor> tensors) {
    var vector = new TensorVector();
    tensors.forEach(vector::push_back);
    return vector;
  }
}
