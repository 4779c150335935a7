package sequor.tasks.classify;

import static java.util.Objects.requireNonNull;

import sequor.tasks.Frames;

/// A sequence of vectors, and the class that it belongs to.
public record FrameExample(Frames frames, String label) {
  public FrameExample {
    requireNonNull(frames);
    requireNonNull(label);
  }

  /// `FrameExample.of(Frames.of(new float[][] {{0.1f, 9.8f}, …}), "jump")`
  public static FrameExample of(Frames frames, String label) {
    return new FrameExample(frames, label);
  }
}
