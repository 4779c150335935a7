package sequor.tasks.tag;

import java.util.ArrayList;
import java.util.List;
import sequor.models.Ensemble;
import sequor.models.Inputs;
import sequor.models.SequenceTagger;
import sequor.tasks.Columns;
import sequor.tasks.Session;
import sequor.tasks.SessionBytes;
import sequor.tasks.TaskException;
import sequor.tensor.Tensor;
import sequor.text.Batches;

/// A sentence that a tagger reads as it comes: the tags of words are said when they are read, and
/// are those that the whole sentence would get.
final class TagSession implements Session<Tagged> {
  private final Model model;
  private List<List<Tensor>> states; // of each network; none before the first word
  private List<String> last = List.of(); // words
  private float[] probabilities = {}; // of the last words' tags // (T,C)
  private long steps;

  /// What all sessions of a tagger share.
  ///
  /// @param like a state of each network, for its sizes
  record Model(
      Tagger tagger, List<SequenceTagger> networks, List<List<Tensor>> like, String fingerprint) {
    static Model of(Tagger tagger) {
      var networks = tagger.members().all();
      networks.forEach(SequenceTagger::requireOneWay);
      var word = inputs(tagger, List.of(""));
      return new Model(
          tagger,
          networks,
          networks.stream().map(one -> one.stretch(word, List.of()).state()).toList(),
          SessionBytes.fingerprint(
              tagger.members(), tagger.config(), tagger.reader().words().vocabulary().tokens()));
    }

    private static Inputs inputs(Tagger tagger, List<String> words) {
      var batches = Batches.of(List.of(tagger.reader().item(words)));
      return Columns.inputs(batches.withSize(1).byLength().getFirst());
    }
  }

  private TagSession(Model model, List<List<Tensor>> states, long steps) {
    this.model = model;
    this.states = List.copyOf(states);
    this.steps = steps;
  }

  static TagSession begin(Model model) {
    return new TagSession(model, model.networks.stream().map(_ -> List.<Tensor>of()).toList(), 0);
  }

  static TagSession of(Model model, byte[] bytes) {
    var saved = SessionBytes.of(bytes, model.fingerprint);
    if (saved.steps() == 0) {
      return begin(model);
    }
    var states = new ArrayList<List<Tensor>>();
    int from = 0;
    for (var like : model.like) {
      states.add(saved.like(like, from));
      from += like.size();
    }
    int tags = model.tagger.labels().size();
    if (from + 1 != saved.tensors().size() || saved.tensors().getLast().length != tags) {
      throw SessionBytes.damaged("the state of this model", "another state");
    }
    var session = new TagSession(model, states, saved.steps());
    session.last = List.of(new String(saved.ids(), 0, saved.ids().length));
    session.probabilities = saved.tensors().getLast();
    return session;
  }

  /// Of the words that were read last, together.
  @Override
  public Tagged now() {
    return model.tagger.tagged(Words.of(last), probabilities);
  }

  @Override
  public Tagged step(int id) {
    var vocabulary = model.tagger.reader().words().vocabulary();
    if (id < 0 || id >= vocabulary.size()) {
      throw new TaskException(
          "session: expected an id from 0 to %d, got %d; take the model's own vocabulary"
              .formatted(vocabulary.size() - 1, id));
    }
    return step(vocabulary.token(id));
  }

  /// A word as it stands in the text: its letters tell too.
  @Override
  public Tagged step(String word) {
    return step(List.of(word));
  }

  @Override
  public Tagged read(String text) {
    return step(model.tagger.input(text).tokens());
  }

  private Tagged step(List<String> words) {
    last = words;
    probabilities = new float[0];
    if (words.isEmpty()) {
      return now();
    }
    var inputs = Model.inputs(model.tagger, words);
    var next = new ArrayList<List<Tensor>>();
    var each = new ArrayList<Tensor>();
    for (int m = 0; m < states.size(); m++) {
      var stretch = model.networks.get(m).stretch(inputs, states.get(m));
      each.add(stretch.scores().softmax()); // (1,T,C)
      next.add(stretch.state());
    }
    states = List.copyOf(next);
    probabilities = Ensemble.mean(each).toArray();
    steps += words.size();
    return now();
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public byte[] toBytes() {
    var numbers = new ArrayList<float[]>();
    states.forEach(state -> numbers.addAll(SessionBytes.numbers(state)));
    int[] word = last.isEmpty() ? new int[0] : last.getLast().codePoints().toArray();
    if (steps > 0) {
      numbers.add(ofLast());
    }
    return new SessionBytes(model.fingerprint, steps, word, numbers).bytes();
  }

  private float[] ofLast() {
    int tags = model.tagger.labels().size();
    float[] one = new float[tags];
    if (probabilities.length > 0) {
      System.arraycopy(probabilities, probabilities.length - tags, one, 0, tags);
    }
    return one;
  }
}
