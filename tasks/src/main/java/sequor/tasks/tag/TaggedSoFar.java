package sequor.tasks.tag;

import java.util.ArrayList;
import java.util.List;
import sequor.models.Ensemble;
import sequor.models.Inputs;
import sequor.models.SequenceTagger;
import sequor.tasks.SessionBytes;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

/// What the networks of a tagger have read of a sequence that they read as it comes.
///
/// @param states of each network; no tensors before the first step
/// @param probabilities of the tags of the steps that were read last, together // (T,C)
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record TaggedSoFar(Networks networks, List<List<Tensor>> states, float[] probabilities) {
  private static final float[] NOTHING = {};

  TaggedSoFar {
    states = List.copyOf(states);
  }

  /// The networks of a tagger.
  ///
  /// @param like a state of each, for its sizes
  /// @param tags C
  /// @param fingerprint of the model
  record Networks(List<SequenceTagger> all, List<List<Tensor>> like, int tags, String fingerprint) {
    /// @param one any step that they can read
    /// @throws sequor.models.ModelException if they need all of a sequence
    static Networks of(
        Ensemble<SequenceTagger> ensemble, Inputs one, int tags, String fingerprint) {
      var all = ensemble.all();
      var like =
          Tape.inference(
              () -> all.stream().map(each -> each.stretch(one, List.of()).state()).toList());
      return new Networks(all, like, tags, fingerprint);
    }

    TaggedSoFar begin() {
      return new TaggedSoFar(this, all.stream().map(_ -> List.<Tensor>of()).toList(), NOTHING);
    }

    /// What was put aside; the tags of its last step are known again.
    ///
    /// @param others how many tensors there are behind its own
    TaggedSoFar of(SessionBytes saved, int others) {
      if (saved.steps() == 0) {
        return begin();
      }
      var states = saved.likeEach(like);
      int last = states.stream().mapToInt(List::size).sum();
      if (last + 1 + others != saved.tensors().size() || saved.tensors().get(last).length != tags) {
        throw SessionBytes.damaged("the state of this model", "another state");
      }
      return new TaggedSoFar(this, states, saved.tensors().get(last));
    }
  }

  /// And some more steps.
  TaggedSoFar and(Inputs inputs) {
    return Tape.inference(() -> after(inputs));
  }

  private TaggedSoFar after(Inputs inputs) {
    var next = new ArrayList<List<Tensor>>();
    var each = new ArrayList<Tensor>();
    for (int m = 0; m < states.size(); m++) {
      var stretch = networks.all.get(m).stretch(inputs, states.get(m));
      each.add(stretch.scores().softmax()); // (1,T,C)
      next.add(stretch.state());
    }
    return new TaggedSoFar(networks, next, Ensemble.mean(each).toArray());
  }

  /// The same, of which nothing was read last.
  TaggedSoFar andNothing() {
    return new TaggedSoFar(networks, states, NOTHING);
  }

  /// All that is kept of it, tensor by tensor; nothing before the first step.
  List<float[]> numbers() {
    var numbers = new ArrayList<float[]>();
    states.forEach(state -> numbers.addAll(SessionBytes.numbers(state)));
    if (!numbers.isEmpty()) {
      float[] one = new float[networks.tags];
      if (probabilities.length > 0) {
        System.arraycopy(
            probabilities, probabilities.length - networks.tags, one, 0, networks.tags);
      }
      numbers.add(one);
    }
    return numbers;
  }
}
