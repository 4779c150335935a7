package sequor.benchmarks.peers;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// The Transformer of a workload on libtorch's own functions, with its fused attention.
final class TorchTransformer {
  private final TransformerWorkload workload;
  private final Map<String, Tensor> weights = new LinkedHashMap<>();

  /// Parameters are named and ordered as those of [SequorTransformer].
  private TorchTransformer(TransformerWorkload workload, TransformerWorkload.Numbers numbers) {
    this.workload = workload;
    new SequorTransformer(workload)
        .parameters()
        .forEach(
            (name, parameter) -> {
              long[] shape = Arrays.stream(parameter.shape().dims()).asLongStream().toArray();
              weights.put(name, TorchTensors.leaf(numbers::weights, shape));
            });
  }

  /// One training step after the other on one batch; each gives the loss before.
  static Supplier<float[]> training(TransformerWorkload workload) {
    var numbers = workload.new Numbers();
    var model = new TorchTransformer(workload, numbers);
    var parameters = new TensorVector(model.weights.values().toArray(Tensor[]::new));
    var adam = new Adam(parameters, new AdamOptions(1e-3));
    var source = ids(numbers.ids(), workload);
    var told = ids(numbers.ids(), workload);
    int[] targets = numbers.targets();
    var right = TorchTensors.ids(targets, targets.length);
    return () -> {
      try (var _ = new PointerScope()) {
        adam.zero_grad();
        var scores = model.linear("head", model.hidden(source, told));
        var loss = torch.cross_entropy_loss(scores.reshape(-1, scores.size(-1)), right);
        loss.backward();
        adam.step();
        return new float[] {loss.item_float()};
      }
    };
  }

  private static Tensor ids(int[] ids, TransformerWorkload workload) {
    return TorchTensors.ids(ids, workload.batch(), workload.steps());
  }

  /// What the head reads: (B,E), or (B,T,E) where every step says something.
  private Tensor hidden(Tensor source, Tensor told) {
    var x = torch.embedding(weight("embedding.weight"), source); // (B,T,E)
    for (int i = 0; i < workload.layers(); i++) {
      String block = "encoder." + i + ".";
      x = x.add(attended(block + "self_attn.", norm(block + "norm1", x), false));
      x = x.add(feedForward(block, norm(block + "norm2", x)));
    }
    if (!workload.translates()) {
      return norm("norm", x).mean(1);
    }
    var y = torch.embedding(weight("embedding.weight"), told);
    for (int i = 0; i < workload.layers(); i++) {
      String block = "decoder." + i + ".";
      y = y.add(attended(block + "self_attn.", norm(block + "norm1", y), true));
      y = y.add(looked(block + "multihead_attn.", norm(block + "norm2", y), x));
      y = y.add(feedForward(block, norm(block + "norm3", y)));
    }
    return norm("norm", y);
  }

  private Tensor attended(String name, Tensor x, boolean causal) {
    var all =
        torch.linear(
            x, weight(name + "in_proj_weight"), new TensorOptional(weight(name + "in_proj_bias")));
    var parts = heads(all, 3); // (3,B,N,T,D)
    return taken(name, parts.select(0, 0), parts.select(0, 1), parts.select(0, 2), causal);
  }

  private Tensor looked(String name, Tensor x, Tensor memory) {
    int size = workload.size();
    var weight = weight(name + "in_proj_weight");
    var bias = weight(name + "in_proj_bias");
    var q = torch.linear(x, weight.narrow(0, 0, size), new TensorOptional(bias.narrow(0, 0, size)));
    var both =
        torch.linear(
            memory,
            weight.narrow(0, size, 2L * size),
            new TensorOptional(bias.narrow(0, size, 2L * size)));
    var parts = heads(both, 2);
    return taken(name, heads(q, 1).select(0, 0), parts.select(0, 0), parts.select(0, 1), false);
  }

  /// (B,T,count·E) → (count,B,N,T,D)
  private Tensor heads(Tensor x, int count) {
    long width = workload.size() / workload.heads();
    return x.view(workload.batch(), workload.steps(), count, workload.heads(), width)
        .permute(2, 0, 3, 1, 4);
  }

  private Tensor taken(String name, Tensor q, Tensor k, Tensor v, boolean causal) {
    var taken =
        torch.scaled_dot_product_attention(
            q, k, v, new TensorOptional(), 0, causal, new DoubleOptional(), false); // (B,N,T,D)
    var joined = taken.transpose(1, 2).reshape(workload.batch(), workload.steps(), workload.size());
    return linear(name + "out_proj", joined);
  }

  private Tensor feedForward(String block, Tensor x) {
    return linear(block + "linear2", torch.relu(linear(block + "linear1", x)));
  }

  private Tensor linear(String name, Tensor x) {
    return torch.linear(x, weight(name + ".weight"), new TensorOptional(weight(name + ".bias")));
  }

  private Tensor norm(String name, Tensor x) {
    return torch.layer_norm(
        x,
        new long[] {workload.size()},
        new TensorOptional(weight(name + ".weight")),
        new TensorOptional(weight(name + ".bias")),
        1e-5,
        true);
  }

  private Tensor weight(String name) {
    return Objects.requireNonNull(weights.get(name), name);
  }
}
