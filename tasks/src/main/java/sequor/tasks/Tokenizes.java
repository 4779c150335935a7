package sequor.tasks;

/// A model that reads texts as tokens, and shows how.
public interface Tokenizes {
  /// What it reads of a text.
  Reading reading(String text);
}
