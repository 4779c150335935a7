package sequor.tasks.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import sequor.models.ClassifierSteps;
import sequor.models.ClassifierSteps.SoFar;
import sequor.models.Ensemble;
import sequor.models.Inputs;
import sequor.models.SequenceClassifier;
import sequor.tasks.SessionBytes;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

/// What the networks of a classifier have read of a sequence that they read as it comes.
///
/// @param each of each network
record ReadSoFar(Networks networks, List<SoFar> each) {
  ReadSoFar {
    each = List.copyOf(each);
  }

  /// The networks of a classifier, step by step.
  ///
  /// @param like a state of each, for its sizes
  /// @param fingerprint of the model
  record Networks(List<ClassifierSteps> steps, List<List<Tensor>> like, String fingerprint) {
    /// @param one any step that they can read
    /// @throws sequor.models.ModelException if they need all of a sequence
    static Networks of(Ensemble<SequenceClassifier> ensemble, Inputs one, String fingerprint) {
      var steps = ensemble.all().stream().map(SequenceClassifier::steps).toList();
      var like =
          Tape.inference(
              () -> steps.stream().map(each -> each.read(each.begin(), one).state()).toList());
      return new Networks(steps, like, fingerprint);
    }

    ReadSoFar begin() {
      return new ReadSoFar(this, steps.stream().map(ClassifierSteps::begin).toList());
    }

    /// What was put aside.
    ///
    /// @param read how many steps they had read
    ReadSoFar of(SessionBytes saved, long read) {
      if (read == 0) {
        return begin();
      }
      var states = saved.likeEach(like);
      return new ReadSoFar(this, states.stream().map(each -> new SoFar(each, read)).toList());
    }
  }

  private ReadSoFar after(BiFunction<ClassifierSteps, SoFar, SoFar> read) {
    var next = new ArrayList<SoFar>();
    for (int m = 0; m < each.size(); m++) {
      var network = networks.steps.get(m);
      var soFar = each.get(m);
      next.add(Tape.inference(() -> read.apply(network, soFar)));
    }
    return new ReadSoFar(networks, next);
  }

  /// And some more ids, or none.
  ReadSoFar and(int... ids) {
    return after((network, soFar) -> network.read(soFar, ids));
  }

  /// And some more steps.
  ReadSoFar and(Inputs inputs) {
    return after((network, soFar) -> network.read(soFar, inputs));
  }

  /// Of each class, by what was read so far. // (C)
  double[] probabilities() {
    float[] mean = Tape.inference(this::said).toArray();
    double[] probabilities = new double[mean.length];
    Arrays.setAll(probabilities, c -> mean[c]);
    return probabilities;
  }

  private Tensor said() { // (1,C)
    var said = new ArrayList<Tensor>();
    for (int m = 0; m < each.size(); m++) {
      said.add(networks.steps.get(m).logits(each.get(m)).softmax());
    }
    return Ensemble.mean(said);
  }

  /// All that is kept of it, tensor by tensor.
  List<float[]> numbers() {
    return each.stream().flatMap(one -> SessionBytes.numbers(one.state()).stream()).toList();
  }
}
