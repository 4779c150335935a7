package sequor.tasks;

/// A model that shows how it comes to an answer.
public interface Inspects {
  /// What can be seen of how it answers a text.
  ///
  /// @param text as [Predictor#input(String)] takes it
  /// @throws TaskException if the model has nothing to show: it only counts n-grams
  Inspected inspect(String text);
}
