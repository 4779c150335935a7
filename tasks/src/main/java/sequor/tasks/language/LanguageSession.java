package sequor.tasks.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sequor.models.Ensemble;
import sequor.models.LanguageModel;
import sequor.tasks.SessionBytes;
import sequor.tasks.TaskException;
import sequor.tasks.TokenSession;
import sequor.text.Tokenizer;

/// A text that a language model reads as it comes. `<bos>` was read before the first token.
final class LanguageSession implements TokenSession<NextToken> {
  private final Model model;
  private final Stepping stepping;
  private int[] history; // the last tokens, as many as n-grams look at

  /// What all sessions of a model share.
  ///
  /// @param fingerprint of it
  record Model(
      Ensemble<LanguageModel<?>> network,
      Tokenizer tokenizer,
      Speaker speaker,
      String fingerprint) {
    /// How many of the last tokens tell what n-grams say.
    int remembered() {
      return speaker.ngrams().map(share -> share.model().order()).orElse(0);
    }
  }

  private LanguageSession(Model model, Stepping stepping, int[] history) {
    this.model = model;
    this.stepping = stepping;
    this.history = history;
  }

  /// @param label what the text is conditioned on
  static LanguageSession begin(Model model, int label) {
    var stepping = Stepping.begin(model.network, label);
    stepping.read(model.tokenizer.vocabulary().bos());
    return new LanguageSession(model, stepping, new int[0]);
  }

  static LanguageSession of(Model model, byte[] bytes) {
    var saved = SessionBytes.of(bytes, model.fingerprint);
    var states = saved.likeEach(Stepping.begin(model.network, 0).states());
    int tensors = states.stream().mapToInt(List::size).sum();
    int size = model.tokenizer.vocabulary().size();
    boolean known = Arrays.stream(saved.ids()).allMatch(id -> id >= 0 && id < size);
    if (tensors != saved.tensors().size() || saved.ids().length > model.remembered() || !known) {
      throw SessionBytes.damaged("the state of this model", "another state");
    }
    return new LanguageSession(
        model, new Stepping(model.network, states, saved.steps()), saved.ids());
  }

  @Override
  public NextToken now() {
    return new NextToken(
        model.tokenizer.vocabulary(), model.speaker.probabilities(stepping.next(), history));
  }

  @Override
  public NextToken step(int id) {
    int size = model.tokenizer.vocabulary().size();
    if (id < 0 || id >= size) {
      throw new TaskException(
          "session: expected an id from 0 to %d, got %d; take the model's own vocabulary"
              .formatted(size - 1, id));
    }
    return step(new int[] {id});
  }

  @Override
  public NextToken step(String token) {
    return step(model.tokenizer.vocabulary().id(token));
  }

  @Override
  public NextToken read(String text) {
    int[] ids = model.tokenizer.encode(text).ids();
    return ids.length == 0 ? now() : step(ids);
  }

  private NextToken step(int[] ids) {
    stepping.read(ids);
    int[] all = Arrays.copyOf(history, history.length + ids.length);
    System.arraycopy(ids, 0, all, history.length, ids.length);
    history = Arrays.copyOfRange(all, Math.max(0, all.length - model.remembered()), all.length);
    return now();
  }

  @Override
  public long steps() {
    return stepping.steps();
  }

  @Override
  public byte[] toBytes() {
    var numbers = new ArrayList<float[]>();
    stepping.states().forEach(state -> numbers.addAll(SessionBytes.numbers(state)));
    return new SessionBytes(model.fingerprint, stepping.steps(), history, numbers).bytes();
  }
}
