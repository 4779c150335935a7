package sequor.tasks;

/// A text that is read as it comes, token by token.
///
/// @param <A> what is said of it
public interface TokenSession<A> extends Session<A> {
  /// Reads one token, by its id.
  ///
  /// @throws TaskException if there is no such id
  A step(int id);

  /// Reads one token, as the vocabulary writes it; one that it does not know is `<unk>`.
  A step(String token);

  /// Reads all tokens of a piece of text. What is one token must stand in one piece.
  A read(String text);
}
