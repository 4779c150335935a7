package sequor.tasks.classify;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import sequor.tasks.SessionBytes;
import sequor.tasks.TaskException;
import sequor.tasks.TokenSession;
import sequor.text.Tokenizer;

/// A text that a classifier reads as it comes. Where marks stand around every text, `<bos>` was
/// read before the first token, and each answer is that of a text which ends there.
final class ClassifierSession implements TokenSession<Prediction> {
  private static final int[] NO_IDS = {};

  private final Model model;
  private ReadSoFar soFar;
  private long steps;

  /// What all sessions of a model share.
  ///
  /// @param marks whether they stand around every text
  /// @param most how many tokens of a text it reads
  /// @param answer to the probabilities of the classes
  record Model(
      ReadSoFar.Networks networks,
      Tokenizer tokenizer,
      boolean marks,
      int most,
      Function<double[], List<Prediction.Scored>> answer) {}

  private ClassifierSession(Model model, ReadSoFar soFar, long steps) {
    this.model = model;
    this.soFar = soFar;
    this.steps = steps;
  }

  static ClassifierSession begin(Model model) {
    var begun = model.networks.begin();
    return new ClassifierSession(
        model, model.marks ? begun.and(model.tokenizer.vocabulary().bos()) : begun, 0);
  }

  static ClassifierSession of(Model model, byte[] bytes) {
    var saved = SessionBytes.of(bytes, model.networks.fingerprint());
    long read = Math.min(saved.steps(), model.most) + (model.marks ? 1 : 0);
    var soFar = model.networks.of(saved, read);
    if (soFar.numbers().size() != saved.tensors().size() || saved.ids().length > 0) {
      throw SessionBytes.damaged("the state of this model", "another state");
    }
    return new ClassifierSession(model, soFar, saved.steps());
  }

  @Override
  public Prediction now() {
    var ended = model.marks ? soFar.and(model.tokenizer.vocabulary().eos()) : soFar;
    return new Prediction("", steps > model.most, model.answer.apply(ended.probabilities()));
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
    soFar = soFar.and(Arrays.copyOf(ids, room));
    steps += ids.length;
    return now();
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public byte[] toBytes() {
    return new SessionBytes(model.networks.fingerprint(), steps, NO_IDS, soFar.numbers()).bytes();
  }
}
