package sequor.tasks.tag;

import java.util.List;
import sequor.tasks.TaskException;

/// Tokens and the tag of each, to learn from or to be judged by.
public record TaggedSentence(List<String> tokens, List<String> tags) {
  public TaggedSentence {
    tokens = List.copyOf(tokens);
    tags = List.copyOf(tags);
    if (tokens.size() != tags.size()) {
      throw new TaskException(
          "sentence: expected a tag for each token, got %d for %d; pair them"
              .formatted(tags.size(), tokens.size()));
    }
  }
}
