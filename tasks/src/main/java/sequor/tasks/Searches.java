package sequor.tasks;

/// A model that looks for the best of what it could say.
public interface Searches {
  /// The same that keeps so many beginnings while it looks, and finds as many; 1 takes the
  /// likeliest token each time.
  ///
  /// @param beam 1 or more
  Predictor<?, ?> withBeam(int beam);
}
