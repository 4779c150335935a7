package sequor.tasks.tag;

import java.util.List;
import java.util.stream.IntStream;
import sequor.tasks.Frames;
import sequor.tasks.TaskException;

/// A sequence of vectors, and the tag of each.
public record FrameExample(Frames frames, List<String> tags) {
  public FrameExample {
    tags = List.copyOf(tags);
    if (tags.size() != frames.steps()) {
      throw new TaskException(
          "example: expected a tag for each step, got %d for %d; pair them"
              .formatted(tags.size(), frames.steps()));
    }
  }

  /// `FrameExample.of(Frames.of(new float[][] {{0.1f}, {0.9f}}), List.of("low", "high"))`
  public static FrameExample of(Frames frames, List<String> tags) {
    return new FrameExample(frames, tags);
  }

  /// Its steps by their numbers, from 1, in the place of words.
  Example numbered() {
    return new Example(
        IntStream.rangeClosed(1, tags.size()).mapToObj(String::valueOf).toList(), tags);
  }
}
