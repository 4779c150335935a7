package sequor.tasks.tag;

import java.util.List;
import sequor.models.Inputs;
import sequor.tasks.Columns;
import sequor.tasks.SessionBytes;
import sequor.tasks.TaskException;
import sequor.tasks.TokenSession;
import sequor.text.Batch;
import sequor.text.Padding;

/// A sentence that a tagger reads as it comes: the tags of words are said when they are read, and
/// are those that the whole sentence would get.
final class TagSession implements TokenSession<Tagged> {
  private final Tagger tagger;
  private TaggedSoFar soFar;
  private List<String> last; // words
  private long steps;

  private TagSession(Tagger tagger, TaggedSoFar soFar, List<String> last, long steps) {
    this.tagger = tagger;
    this.soFar = soFar;
    this.last = last;
    this.steps = steps;
  }

  /// What all sessions of a tagger share.
  static TaggedSoFar.Networks shared(Tagger tagger) {
    return TaggedSoFar.Networks.of(
        tagger.members(),
        inputs(tagger, List.of("")),
        tagger.labels().size(),
        SessionBytes.fingerprint(
            tagger.members(), tagger.config(), tagger.reader().words().vocabulary().tokens()));
  }

  private static Inputs inputs(Tagger tagger, List<String> words) {
    return Columns.inputs(Batch.of(List.of(tagger.reader().item(words)), Padding.RIGHT));
  }

  static TagSession begin(Tagger tagger, TaggedSoFar.Networks networks) {
    return new TagSession(tagger, networks.begin(), List.of(), 0);
  }

  static TagSession of(Tagger tagger, TaggedSoFar.Networks networks, byte[] bytes) {
    var saved = SessionBytes.of(bytes, networks.fingerprint());
    var last =
        saved.steps() == 0
            ? List.<String>of()
            : List.of(new String(saved.ids(), 0, saved.ids().length));
    return new TagSession(tagger, networks.of(saved, 0), last, saved.steps());
  }

  /// Of the words that were read last, together.
  @Override
  public Tagged now() {
    return tagger.tagged(Words.of(last), soFar.probabilities());
  }

  @Override
  public Tagged step(int id) {
    var vocabulary = tagger.reader().words().vocabulary();
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
    return step(tagger.input(text).tokens());
  }

  private Tagged step(List<String> words) {
    last = words;
    soFar = words.isEmpty() ? soFar.andNothing() : soFar.and(inputs(tagger, words));
    steps += words.size();
    return now();
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public byte[] toBytes() {
    int[] word = last.isEmpty() ? new int[0] : last.getLast().codePoints().toArray();
    return new SessionBytes(soFar.networks().fingerprint(), steps, word, soFar.numbers()).bytes();
  }
}
