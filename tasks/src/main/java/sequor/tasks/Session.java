package sequor.tasks;

/// A sequence that is read as it comes, event by event, with an answer after each: what the whole
/// sequence so far would get. A step costs the same however many were before, and all that is kept
/// of them is a state of fixed size, which can be put aside as bytes.
///
/// ```java
/// var session = generator.session();
/// session.step("k").top(3);                          // what may come next
/// byte[] aside = session.toBytes();
/// generator.session(aside).step("i");                // goes on, tomorrow or on another machine
/// ```
///
/// What a step is says its kind: a [TokenSession] reads tokens, a [FrameSession] vectors. A session
/// belongs to one thread at a time; its model is shared by all.
///
/// @param <A> what it says
public interface Session<A> {
  /// What it says of all that was read so far.
  A now();

  /// How many steps were read, marks included.
  long steps();

  /// All that is needed to go on with it.
  byte[] toBytes();
}
