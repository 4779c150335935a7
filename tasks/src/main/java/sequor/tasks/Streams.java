package sequor.tasks;

/// A model that can read a sequence as it comes.
///
/// @param <S> how it is given
public interface Streams<S extends Session<?>> {
  /// A sequence that has not begun.
  ///
  /// @throws TaskException if the model must see a whole sequence before it can say anything
  S session();

  /// Goes on with a sequence that was put aside by [Session#toBytes].
  ///
  /// @throws TaskException if the bytes are damaged, or another model's
  S session(byte[] bytes);
}
