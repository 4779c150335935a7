package sequor.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// The tagger of a workload on libtorch's own functions.
final class TorchTagger {
  private final TaggerWorkload workload;
  private final List<Tensor> parameters = new ArrayList<>();
  private final Tensor words; // (V,D)
  private final Tensor letters; // (A,E)
  private final TensorVector spelling;
  private final TensorVector sentence;
  private final Tensor head; // (tags,2H)
  private final Tensor headBias; // (tags)

  /// Draws as [SequorTagger] has its parameters.
  private TorchTagger(TaggerWorkload workload, TaggerWorkload.Numbers numbers) {
    this.workload = workload;
    words = leaf(numbers, workload.vocabulary(), workload.wordSize());
    letters = leaf(numbers, workload.alphabet(), workload.letterSize());
    spelling = vector(bothWays(numbers, workload.letterSize(), workload.letterHidden()));
    var layers = new ArrayList<Tensor>();
    for (int layer = 0; layer < workload.layers(); layer++) {
      layers.addAll(bothWays(numbers, workload.inputSize(layer), workload.hidden()));
    }
    sentence = vector(layers);
    head = leaf(numbers, workload.tags(), 2L * workload.hidden());
    headBias = leaf(numbers, workload.tags());
  }

  private Tensor leaf(TaggerWorkload.Numbers numbers, long... shape) {
    var leaf = TorchTensors.leaf(numbers::weights, shape);
    parameters.add(leaf);
    return leaf;
  }

  private List<Tensor> bothWays(TaggerWorkload.Numbers numbers, long inputs, long hidden) {
    var all = new ArrayList<Tensor>();
    for (int direction = 0; direction < 2; direction++) {
      all.add(leaf(numbers, 4 * hidden, inputs));
      all.add(leaf(numbers, 4 * hidden, hidden));
      all.add(leaf(numbers, 4 * hidden));
      all.add(leaf(numbers, 4 * hidden));
    }
    return all;
  }

  private static TensorVector vector(List<Tensor> tensors) {
    return new TensorVector(tensors.toArray(Tensor[]::new));
  }

  /// The scores of each tag of each word. // (B·T,tags)
  private Tensor forward(Tensor ofWords, Tensor ofLetters, Tensor lengths, boolean train) {
    long b = workload.batch();
    long t = workload.words();
    var zero = torch.zeros(2, b * t, workload.letterHidden());
    var start = new TensorVector(zero, zero);
    var spelled = torch.embedding(letters, ofLetters); // (B·T,L,E)
    var packed = torch.pack_padded_sequence(spelled, lengths, true, false);
    var sizes = packed.batch_sizes();
    var sorted = torch.lstm(packed.data(), sizes, start, spelling, true, 1, 0, train, true).get1();
    var last = sorted.index_select(1, packed.unsorted_indices()); // (2,B·T,C)
    var ends = torch.cat(new TensorVector(last.select(0, 0), last.select(0, 1)), 1); // (B·T,2C)
    var read = torch.embedding(words, ofWords); // (B,T,D)
    var x = torch.cat(new TensorVector(read, ends.reshape(b, t, -1)), 2);
    int layers = workload.layers();
    var none = torch.zeros(2L * layers, b, workload.hidden());
    var begun = new TensorVector(none, none);
    var hidden = torch.lstm(x, begun, sentence, true, layers, 0, train, true, true).get0();
    return torch.linear(hidden.reshape(b * t, -1), head, new TensorOptional(headBias));
  }

  private Tensor words(int[] ids) {
    return TorchTensors.ids(ids, workload.batch(), workload.words());
  }

  private Tensor letters(int[] ids) {
    return TorchTensors.ids(ids, (long) workload.batch() * workload.words(), workload.letters());
  }

  /// One training step after the other on one batch; each gives the loss before.
  static Supplier<float[]> training(TaggerWorkload workload) {
    var numbers = workload.new Numbers();
    var model = new TorchTagger(workload, numbers);
    var adam = new Adam(vector(model.parameters), new AdamOptions(1e-3));
    var ofWords = model.words(numbers.words());
    var ofLetters = model.letters(numbers.letters());
    int[] many = numbers.lengths();
    var lengths = TorchTensors.ids(many, many.length);
    int[] targets = numbers.targets();
    var right = TorchTensors.ids(targets, targets.length);
    return () -> {
      try (var _ = new PointerScope()) {
        adam.zero_grad();
        var loss =
            torch.cross_entropy_loss(model.forward(ofWords, ofLetters, lengths, true), right);
        loss.backward();
        adam.step();
        return new float[] {loss.item_float()};
      }
    };
  }

  /// The probabilities of the tags of the batch.
  static Supplier<float[]> prediction(TaggerWorkload workload) {
    var numbers = workload.new Numbers();
    var model = new TorchTagger(workload, numbers);
    int[] ofWords = numbers.words();
    int[] ofLetters = numbers.letters();
    int[] lengths = numbers.lengths();
    return () -> {
      try (var _ = new PointerScope();
          var _ = new InferenceMode()) {
        var many = TorchTensors.ids(lengths, lengths.length);
        var scores = model.forward(model.words(ofWords), model.letters(ofLetters), many, false);
        return TorchTensors.floats(torch.softmax(scores, 1));
      }
    };
  }
}
