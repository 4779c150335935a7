package sequor.tasks.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import sequor.tasks.FrameReader;
import sequor.tasks.FrameSession;
import sequor.tasks.Frames;
import sequor.tasks.SessionBytes;

/// A sequence of vectors that a classifier reads as it comes.
final class FrameClassifierSession implements FrameSession<Prediction> {
  private static final int[] NO_IDS = {};

  private final Model model;
  private ReadSoFar soFar;
  private float[] last; // the last step that was read, scaled // (D)
  private long steps;

  /// What all sessions of a model share.
  ///
  /// @param answer to the probabilities of the classes
  record Model(
      ReadSoFar.Networks networks,
      FrameReader reader,
      Function<double[], List<Prediction.Scored>> answer) {}

  private FrameClassifierSession(Model model, ReadSoFar soFar, float[] last, long steps) {
    this.model = model;
    this.soFar = soFar;
    this.last = last;
    this.steps = steps;
  }

  static FrameClassifierSession begin(Model model) {
    return new FrameClassifierSession(
        model, model.networks.begin(), new float[model.reader.columns().size()], 0);
  }

  static FrameClassifierSession of(Model model, byte[] bytes) {
    var saved = SessionBytes.of(bytes, model.networks.fingerprint());
    var soFar = model.networks.of(saved, Math.min(saved.steps(), model.reader.most()));
    var numbers = saved.tensors();
    if (soFar.numbers().size() + 1 != numbers.size()
        || numbers.getLast().length != model.reader.columns().size()
        || saved.ids().length > 0) {
      throw SessionBytes.damaged("the state of this model", "another state");
    }
    return new FrameClassifierSession(model, soFar, numbers.getLast(), saved.steps());
  }

  @Override
  public Prediction now() {
    boolean cut = steps > model.reader.most();
    return new Prediction("", cut, model.answer.apply(soFar.probabilities()));
  }

  /// What is beyond the longest sequence that the model reads changes nothing.
  @Override
  public Prediction read(Frames frames) {
    var scaled = model.reader.scaled(frames, last);
    int room = (int) Math.max(0, Math.min(scaled.steps(), model.reader.most() - steps));
    if (room > 0) {
      soFar = soFar.and(FrameReader.inputs(scaled.steps(0, room)));
    }
    last = scaled.step(scaled.steps() - 1);
    steps += scaled.steps();
    return now();
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public byte[] toBytes() {
    var numbers = new ArrayList<>(soFar.numbers());
    numbers.add(last);
    return new SessionBytes(model.networks.fingerprint(), steps, NO_IDS, numbers).bytes();
  }
}
