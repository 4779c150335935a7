package sequor.tasks;

/// A model that can read a sequence as it comes.
///
/// @param <A> what it says
public interface Streams<A> {
  /// A sequence that has not begun.
  ///
  /// @throws TaskException if the model must see a whole sequence before it can say anything
  Session<A> session();

  /// Goes on with a sequence that was put aside by [Session#toBytes].
  ///
  /// @throws TaskException if the bytes are damaged, or another model's
  Session<A> session(byte[] bytes);
}
