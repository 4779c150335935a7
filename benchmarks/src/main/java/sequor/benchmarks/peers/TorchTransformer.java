package sequor.benchmarks.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.LongOptional;
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

  /// The likeliest tokens of one batch, one after the other; the keys and values of those before
  /// are kept.
  static Supplier<float[]> translation(TransformerWorkload workload) {
    var numbers = workload.new Numbers();
    var model = new TorchTransformer(workload, numbers);
    int[] source = numbers.ids();
    return () -> {
      try (var _ = new PointerScope();
          var _ = new InferenceMode()) {
        return model.translated(ids(source, workload));
      }
    };
  }

  private float[] translated(Tensor source) {
    var x = read(source);
    var past = new ArrayList<Tensor>(); // keys and values of each block // (2,B,N,T,D)
    var sources = new ArrayList<Tensor>();
    for (int l = 0; l < workload.layers(); l++) {
      sources.add(memory("decoder." + l + ".multihead_attn.", x));
    }
    int[] begin = new int[workload.batch()];
    Arrays.fill(begin, TransformerWorkload.BEGIN);
    var last = TorchTensors.ids(begin, workload.batch(), 1);
    float[] tokens = new float[workload.batch() * workload.steps()];
    for (int t = 0; t < workload.steps(); t++) {
      last = said(last, past, sources);
      float[] column = TorchTensors.floats(last.to(torch.ScalarType.Float));
      for (int row = 0; row < column.length; row++) {
        tokens[row * workload.steps() + t] = column[row];
      }
    }
    return tokens;
  }

  /// The likeliest tokens behind the last ones, but the one that would end a sentence. // (B,1)
  private Tensor said(Tensor last, List<Tensor> past, List<Tensor> sources) {
    var y = torch.embedding(weight("embedding.weight"), last); // (B,1,E)
    for (int l = 0; l < workload.layers(); l++) {
      String block = "decoder." + l + ".";
      var all = asked(block + "self_attn.", norm(block + "norm1", y));
      var own = all.narrow(0, 1, 2);
      if (past.size() == l) {
        past.add(own);
      } else {
        past.set(l, torch.cat(new TensorVector(past.get(l), own), 3));
      }
      y = y.add(taken(block + "self_attn.", all.select(0, 0), past.get(l), false));
      y = y.add(looked(block + "multihead_attn.", norm(block + "norm2", y), sources.get(l)));
      y = y.add(feedForward(block, norm(block + "norm3", y)));
    }
    var logits = linear("head", norm("norm", y).select(1, 0)); // (B,V)
    return logits.narrow(1, 0, workload.vocabulary() - 1L).argmax(new LongOptional(1), true);
  }

  private static Tensor ids(int[] ids, TransformerWorkload workload) {
    return TorchTensors.ids(ids, workload.batch(), workload.steps());
  }

  private Tensor read(Tensor source) {
    var x = torch.embedding(weight("embedding.weight"), source); // (B,T,E)
    for (int l = 0; l < workload.layers(); l++) {
      String block = "encoder." + l + ".";
      x = x.add(attended(block + "self_attn.", norm(block + "norm1", x), false));
      x = x.add(feedForward(block, norm(block + "norm2", x)));
    }
    return x;
  }

  /// What the head reads: (B,E), or (B,T,E) where every step says something.
  private Tensor hidden(Tensor source, Tensor told) {
    var x = read(source);
    if (!workload.translates()) {
      return norm("norm", x).mean(1);
    }
    var y = torch.embedding(weight("embedding.weight"), told);
    for (int l = 0; l < workload.layers(); l++) {
      String block = "decoder." + l + ".";
      String cross = block + "multihead_attn.";
      y = y.add(attended(block + "self_attn.", norm(block + "norm1", y), true));
      y = y.add(looked(cross, norm(block + "norm2", y), memory(cross, x)));
      y = y.add(feedForward(block, norm(block + "norm3", y)));
    }
    return norm("norm", y);
  }

  private Tensor attended(String name, Tensor x, boolean causal) {
    var all = asked(name, x);
    return taken(name, all.select(0, 0), all.narrow(0, 1, 2), causal);
  }

  private Tensor looked(String name, Tensor x, Tensor memory) {
    return taken(name, projected(name, x, 0, 1).select(0, 0), memory, false);
  }

  /// Queries, keys and values. // (3,B,N,T,D)
  private Tensor asked(String name, Tensor x) {
    return projected(name, x, 0, 3);
  }

  /// Keys and values. // (2,B,N,S,D)
  private Tensor memory(String name, Tensor x) {
    return projected(name, x, 1, 2);
  }

  /// Some of queries, keys and values, by heads. // (count,B,N,T,D)
  private Tensor projected(String name, Tensor x, int first, int count) {
    long size = workload.size();
    var weight = weight(name + "in_proj_weight").narrow(0, first * size, count * size);
    var bias = weight(name + "in_proj_bias").narrow(0, first * size, count * size);
    return torch
        .linear(x, weight, new TensorOptional(bias))
        .view(x.size(0), x.size(1), count, workload.heads(), size / workload.heads())
        .permute(2, 0, 3, 1, 4);
  }

  /// @param memory keys and values // (2,B,N,S,D)
  private Tensor taken(String name, Tensor q, Tensor memory, boolean causal) {
    var taken =
        torch.scaled_dot_product_attention(
            q,
            memory.select(0, 0),
            memory.select(0, 1),
            new TensorOptional(),
            0,
            causal,
            new DoubleOptional(),
            false); // (B,N,T,D)
    return linear(name + "out_proj", taken.transpose(1, 2).flatten(2, 3)); // (B,T,E)
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
