package sequor.tasks.tag;

import java.util.List;
import sequor.tasks.TaskException;

/// A sentence in words, and the tag of each.
public record Example(List<String> tokens, List<String> tags) {
  public Example {
    tokens = List.copyOf(tokens);
    tags = List.copyOf(tags);
    if (tokens.size() != tags.size()) {
      throw new TaskException(
          "example: expected a tag for each of %d words, got %d; give as many"
              .formatted(tokens.size(), tags.size()));
    }
  }

  public static Example of(List<String> tokens, List<String> tags) {
    return new Example(tokens, tags);
  }
}
