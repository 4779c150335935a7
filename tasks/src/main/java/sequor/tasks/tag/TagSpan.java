package sequor.tasks.tag;

import sequor.tasks.TaskException;

/// A stretch of tokens that is one thing of some type, `from ≤ i < to`.
///
/// @param type empty where tags name none
public record TagSpan(String type, int from, int to) {
  public TagSpan {
    if (from < 0 || to <= from) {
      throw new TaskException(
          "span: expected 0 ≤ from < to, got %d and %d; an empty span is left out"
              .formatted(from, to));
    }
  }
}
