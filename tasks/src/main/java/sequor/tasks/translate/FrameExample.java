package sequor.tasks.translate;

import static java.util.Objects.requireNonNull;

import sequor.tasks.Frames;

/// A vector, or a sequence of them, and what is to be said of it.
///
/// @param target the right text
public record FrameExample(Frames frames, String target) {
  public FrameExample {
    requireNonNull(frames);
    requireNonNull(target);
  }

  /// `FrameExample.of(Frames.of(new float[] {0.1f, 0.7f}), "a red ball")`
  public static FrameExample of(Frames frames, String target) {
    return new FrameExample(frames, target);
  }

  /// The pair with the name of the frames in the place of a text.
  Example named() {
    return new Example(frames.name(), target);
  }
}
