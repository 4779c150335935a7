package sequor.tasks.tag;

import java.util.ArrayList;
import sequor.tasks.FrameReader;
import sequor.tasks.FrameSession;
import sequor.tasks.Frames;
import sequor.tasks.SessionBytes;

/// A sequence of vectors that a tagger reads as it comes: the tags of steps are said when they are
/// read.
final class FrameTagSession implements FrameSession<FrameTags> {
  private static final int[] NO_IDS = {};

  private final FrameTagger tagger;
  private TaggedSoFar soFar;
  private Frames last; // that were read
  private float[] scaled; // the last step of these // (D)
  private long steps;

  private FrameTagSession(
      FrameTagger tagger, TaggedSoFar soFar, Frames last, float[] scaled, long steps) {
    this.tagger = tagger;
    this.soFar = soFar;
    this.last = last;
    this.scaled = scaled;
    this.steps = steps;
  }

  /// What all sessions of a tagger share.
  static TaggedSoFar.Networks shared(FrameTagger tagger) {
    var columns = tagger.reader().columns();
    return TaggedSoFar.Networks.of(
        tagger.members(),
        FrameReader.inputs(Frames.of(new float[columns.size()])),
        tagger.labels().size(),
        SessionBytes.fingerprint(tagger.members(), tagger.config(), columns));
  }

  static FrameTagSession begin(FrameTagger tagger, TaggedSoFar.Networks networks) {
    int width = tagger.reader().columns().size();
    var none = new Frames("", new float[0], width);
    return new FrameTagSession(tagger, networks.begin(), none, new float[width], 0);
  }

  static FrameTagSession of(FrameTagger tagger, TaggedSoFar.Networks networks, byte[] bytes) {
    var saved = SessionBytes.of(bytes, networks.fingerprint());
    var begun = begin(tagger, networks);
    if (saved.steps() == 0) {
      return begun;
    }
    var soFar = networks.of(saved, 2);
    int count = saved.tensors().size();
    float[] last = saved.tensors().get(count - 2);
    float[] scaled = saved.tensors().get(count - 1);
    if (last.length != begun.scaled.length || scaled.length != last.length) {
      throw SessionBytes.damaged("steps of %d numbers".formatted(begun.scaled.length), "others");
    }
    return new FrameTagSession(tagger, soFar, Frames.of(last), scaled, saved.steps());
  }

  /// Of the steps that were read last, together.
  @Override
  public FrameTags now() {
    return tagger.tagged(last, soFar.probabilities());
  }

  @Override
  public FrameTags read(Frames frames) {
    var read = tagger.reader().scaled(frames, scaled);
    soFar = soFar.and(FrameReader.inputs(read));
    last = frames;
    scaled = read.step(read.steps() - 1);
    steps += read.steps();
    return now();
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public byte[] toBytes() {
    var numbers = new ArrayList<>(soFar.numbers());
    if (steps > 0) {
      numbers.add(last.step(last.steps() - 1));
      numbers.add(scaled);
    }
    return new SessionBytes(soFar.networks().fingerprint(), steps, NO_IDS, numbers).bytes();
  }
}
