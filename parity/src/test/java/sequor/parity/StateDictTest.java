package sequor.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.GRUImpl;
import org.bytedeco.pytorch.GRUOptions;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.LSTMOptions;
import org.bytedeco.pytorch.RNNImpl;
import org.bytedeco.pytorch.RNNOptions;
import org.bytedeco.pytorch.StringTensorDict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.Seed;
import sequor.nn.Bidirectional;
import sequor.nn.Gru;
import sequor.nn.Lstm;
import sequor.nn.Recurrent;
import sequor.nn.Rnn;
import sequor.store.Safetensors;
import sequor.tensor.Tensor;

/// A state dict of torch's recurrent modules, in safetensors, loads into ours as it is and gives
/// torch's outputs; ours, written by us, loads back into torch's.
@Tag("libtorch")
class StateDictTest {
  private static final int INPUT = 5;
  private static final int HIDDEN = 7;

  private final RandomGenerator random = new Seed(3).generator();
  @TempDir Path folder;

  @Test
  void lstmBothWays() throws IOException {
    var options = new LSTMOptions(INPUT, HIDDEN);
    options.bidirectional().put(true);
    options.batch_first().put(true);
    var theirs = new LSTMImpl(options);
    var ours = new Bidirectional<>(lstm(), lstm());
    compare(theirs.named_parameters(), ours, x -> theirs.forward(x).get0());
  }

  @Test
  void gru() throws IOException {
    var options = new GRUOptions(INPUT, HIDDEN);
    options.batch_first().put(true);
    var theirs = new GRUImpl(options);
    compare(
        theirs.named_parameters(), new Gru(INPUT, HIDDEN, random), x -> theirs.forward(x).get0());
  }

  @Test
  void rnn() throws IOException {
    var options = new RNNOptions(INPUT, HIDDEN);
    options.batch_first().put(true);
    var theirs = new RNNImpl(options);
    compare(
        theirs.named_parameters(), new Rnn(INPUT, HIDDEN, random), x -> theirs.forward(x).get0());
  }

  private Lstm lstm() {
    return new Lstm(INPUT, HIDDEN, random);
  }

  private interface Forward {
    org.bytedeco.pytorch.Tensor of(org.bytedeco.pytorch.Tensor x);
  }

  private void compare(StringTensorDict theirs, Recurrent<?> ours, Forward forward)
      throws IOException {
    var x = Tensor.randn(random, 3, 6, INPUT);
    var ownWeights = folder.resolve("ours.safetensors");
    Safetensors.write(ownWeights, ours.parameters());
    var ownOutput = ours.forward(x).hidden();

    // theirs into ours
    var written = folder.resolve("theirs.safetensors");
    Files.write(written, safetensors(theirs));
    try (var file = Safetensors.open(written)) {
      file.loadInto(ours.parameters());
    }
    Parity.assertSame("theirs in ours", ours.forward(x).hidden(), forward.of(Torch.of(x)));

    // ours into theirs
    var state = Safetensors.read(ownWeights);
    assertThat(state).hasSize((int) theirs.size());
    try (var untracked = new org.bytedeco.pytorch.NoGradGuard()) {
      assertThat(untracked).isNotNull();
      state.forEach((name, weight) -> theirs.get(name).copy_(Torch.of(weight)));
    }
    Parity.assertSame("ours in theirs", ownOutput, forward.of(Torch.of(x)));
  }

  /// The format as its definition has it, written by other means than ours.
  private static byte[] safetensors(StringTensorDict dict) {
    Map<String, float[]> numbers = new LinkedHashMap<>();
    Map<String, String> entries = new LinkedHashMap<>();
    int offset = 0;
    for (int i = 0; i < dict.size(); i++) {
      var name = dict.keys().get(i).getString();
      var values = Torch.numbers(dict.get(name));
      int end = offset + values.length * Float.BYTES;
      var shape = Torch.shape(dict.get(name)).toString().replace('(', '[').replace(')', ']');
      entries.put(
          name,
          "\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(name, shape, offset, end));
      numbers.put(name, values);
      offset = end;
    }
    var header =
        entries.values().stream()
            .collect(Collectors.joining(",", "{", "}"))
            .getBytes(StandardCharsets.UTF_8);
    var bytes =
        ByteBuffer.allocate(Long.BYTES + header.length + offset).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length).put(header);
    for (var values : numbers.values()) {
      for (float value : values) {
        bytes.putFloat(value);
      }
    }
    return bytes.array();
  }
}
