package sequor.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// The [Job] `surname-elman` with libtorch: the same model, data, batches, clipping and optimizer,
/// without a floor, logs or checkpoints.
final class TorchJob {
  private static final int EMBEDDING = 100;
  private static final int HIDDEN = 64;
  private static final int BATCH = 64;
  private static final int VALID_BATCH = 256;
  private static final double DROPOUT = 0.5;
  private static final double CLIP_NORM = 5;

  private final Surnames surnames;
  private final Tensor embedding; // (V,D)
  private final TensorVector recurrent; // (H,D), (H,H), (H), (H)
  private final TensorVector head; // (H,H), (H), (C,H), (C)
  private final TensorVector parameters;
  private final Adam adam;

  private TorchJob(Surnames surnames) {
    this.surnames = surnames;
    double reach = 1 / Math.sqrt(HIDDEN);
    embedding = torch.randn(surnames.vocabulary(), EMBEDDING).set_requires_grad(true);
    recurrent =
        new TensorVector(
            uniform(reach, HIDDEN, EMBEDDING),
            uniform(reach, HIDDEN, HIDDEN),
            uniform(reach, HIDDEN),
            uniform(reach, HIDDEN));
    head =
        new TensorVector(
            uniform(reach, HIDDEN, HIDDEN),
            uniform(reach, HIDDEN),
            uniform(reach, surnames.classes(), HIDDEN),
            uniform(reach, surnames.classes()));
    parameters = new TensorVector(embedding);
    for (var tensors : List.of(recurrent, head)) {
      for (long i = 0; i < tensors.size(); i++) {
        parameters.push_back(tensors.get(i));
      }
    }
    adam = new Adam(parameters, new AdamOptions(1e-3));
  }

  private static Tensor uniform(double reach, long... shape) {
    return torch
        .empty(shape)
        .uniform_(-reach, reach, new GeneratorOptional())
        .set_requires_grad(true);
  }

  /// Arguments: recipe, file, epochs, threads.
  static void main(String[] args) throws IOException {
    torch.set_num_threads(Integer.parseInt(args[3]));
    var job = new TorchJob(new Surnames(Path.of(args[1])));
    var random = new Random(1);
    for (int epoch = 1; epoch <= Integer.parseInt(args[2]); epoch++) {
      double loss = job.train(random);
      double accuracy = job.accuracy();
      System.out.println("epoch " + epoch);
      System.err.printf("epoch %d: loss %.3f, valid accuracy %.3f%n", epoch, loss, accuracy);
    }
  }

  /// One epoch; the mean loss.
  private double train(Random random) {
    var batches = surnames.train(BATCH, random);
    double sum = 0;
    for (var batch : batches) {
      try (var _ = new PointerScope()) {
        adam.zero_grad();
        var loss = torch.cross_entropy_loss(scores(batch, true), Tensor.create(batch.labels()));
        loss.backward();
        torch.clip_grad_norm_(parameters, CLIP_NORM);
        adam.step();
        sum += loss.item_float();
      }
    }
    return sum / batches.size();
  }

  private double accuracy() {
    double right = 0;
    double all = 0;
    for (var batch : surnames.valid(VALID_BATCH)) {
      try (var _ = new PointerScope();
          var _ = new InferenceMode()) {
        var best = scores(batch, false).argmax(new LongOptional(1), false);
        right += best.eq(Tensor.create(batch.labels())).sum().item_long();
        all += batch.rows();
      }
    }
    return right / all;
  }

  /// The scores (B,C) of a batch.
  private Tensor scores(Surnames.Batch batch, boolean train) {
    long rows = batch.rows();
    var x = torch.embedding(embedding, Tensor.create(batch.ids(), rows, batch.steps())); // (B,T,D)
    var h0 = torch.zeros(1, rows, HIDDEN);
    var hidden = torch.rnn_tanh(x, h0, recurrent, true, 1, 0, train, false, true).get0(); // (B,T,H)
    long[] ends = Arrays.stream(batch.lengths()).map(length -> length - 1).toArray();
    var places = Tensor.create(ends, rows, 1, 1).expand(rows, 1, HIDDEN);
    var last = hidden.gather(1, places).squeeze(1); // (B,H)
    var inner = linear(torch.dropout(last, DROPOUT, train), 0).relu(); // (B,H)
    return linear(torch.dropout(inner, DROPOUT, train), 2); // (B,C)
  }

  private Tensor linear(Tensor x, int weight) {
    return torch.linear(x, head.get(weight), new TensorOptional(head.get(weight + 1)));
  }
}
