package sequor.tasks;

/// A sequence of vectors that is read as it comes, as sensors give them.
///
/// ```java
/// var session = classifier.session();
/// session.step(0.1f, 9.8f).label();                  // what it looks like so far
/// ```
///
/// @param <A> what is said of it
public interface FrameSession<A> extends Session<A> {
  /// Reads one step.
  ///
  /// @param numbers (D), not a number where one is missing
  /// @throws TaskException if the model reads another number of them
  default A step(float... numbers) {
    return read(Frames.of(numbers));
  }

  /// Reads some steps.
  ///
  /// @throws TaskException if the model reads steps of another width
  A read(Frames frames);
}
