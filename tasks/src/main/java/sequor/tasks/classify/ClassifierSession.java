package sequor.tasks.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import sequor.models.ClassifierSteps;
import sequor.models.ClassifierSteps.SoFar;
import sequor.models.Ensemble;
import sequor.tasks.Session;
import sequor.tasks.SessionBytes;
import sequor.tasks.TaskException;
import sequor.tensor.Tensor;
import sequor.text.Tokenizer;

/// A text that a classifier reads as it comes. Where marks stand around every text, `<bos>` was
/// read before the first token, and each answer is that of a text which ends there.
final class ClassifierSession implements Session<Prediction> {
  private static final int[] NO_IDS = {};

  private final Model model;
  private List<SoFar> soFar; // of each network
  private long steps;

  /// What all sessions of a model share.
  ///
  /// @param like a state of each network, for its sizes
  /// @param marks whether they stand around every text
  /// @param most how many tokens of a text it reads
  /// @param answer to the probabilities of the classes
  record Model(
      List<ClassifierSteps> networks,
      List<List<Tensor>> like,
      Tokenizer tokenizer,
      boolean marks,
      int most,
      Function<double[], List<Prediction.Scored>> answer,
      String fingerprint) {}

  private ClassifierSession(Model model, List<SoFar> soFar, long steps) {
    this.model = model;
    this.soFar = List.copyOf(soFar);
    this.steps = steps;
  }

  static ClassifierSession begin(Model model) {
    var session =
        new ClassifierSession(
            model, model.networks.stream().map(ClassifierSteps::begin).toList(), 0);
    if (model.marks) {
      session.soFar = session.after(model.tokenizer.vocabulary().bos());
    }
    return session;
  }

  static ClassifierSession of(Model model, byte[] bytes) {
    var saved = SessionBytes.of(bytes, model.fingerprint);
    long read = Math.min(saved.steps(), model.most) + (model.marks ? 1 : 0);
    var soFar = new ArrayList<SoFar>();
    int from = 0;
    for (var network : model.like) {
      var like = read == 0 ? List.<Tensor>of() : network;
      soFar.add(new SoFar(saved.like(like, from), read));
      from += like.size();
    }
    if (from != saved.tensors().size() || saved.ids().length > 0) {
      throw SessionBytes.damaged("the state of this model", "another state");
    }
    return new ClassifierSession(model, soFar, saved.steps());
  }

  private List<SoFar> after(int... ids) {
    var next = new ArrayList<SoFar>();
    for (int m = 0; m < soFar.size(); m++) {
      next.add(model.networks.get(m).read(soFar.get(m), ids));
    }
    return next;
  }

  @Override
  public Prediction now() {
    var ended = model.marks ? after(model.tokenizer.vocabulary().eos()) : soFar;
    var each = new ArrayList<Tensor>();
    for (int m = 0; m < ended.size(); m++) {
      each.add(model.networks.get(m).logits(ended.get(m)).softmax()); // (1,C)
    }
    float[] mean = Ensemble.mean(each).toArray();
    double[] probabilities = new double[mean.length];
    Arrays.setAll(probabilities, c -> mean[c]);
    return new Prediction("", steps > model.most, model.answer.apply(probabilities));
  }

  @Override
  public Prediction step(int id) {
    int size = model.tokenizer.vocabulary().size();
    if (id < 0 || id >= size) {
      throw new TaskException(
          "session: expected an id from 0 to %d, got %d; take the model's own vocabulary"
              .formatted(size - 1, id));
    }
    return step(new int[] {id});
  }

  @Override
  public Prediction step(String token) {
    return step(model.tokenizer.vocabulary().id(token));
  }

  @Override
  public Prediction read(String text) {
    return step(model.tokenizer.encode(text).ids());
  }

  /// What is beyond the longest text that the model reads changes nothing.
  private Prediction step(int[] ids) {
    int room = (int) Math.max(0, Math.min(ids.length, model.most - steps));
    soFar = after(Arrays.copyOf(ids, room));
    steps += ids.length;
    return now();
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public byte[] toBytes() {
    var numbers = new ArrayList<float[]>();
    soFar.forEach(one -> numbers.addAll(SessionBytes.numbers(one.state())));
    return new SessionBytes(model.fingerprint, steps, NO_IDS, numbers).bytes();
  }
}
