package sequor.examples;

/// What an example says it shows.
///
/// Every example checks its own claim: a program that prints a number and leaves the reader to
/// believe it teaches little.
final class Claim {
  private Claim() {}

  /// Does nothing if the claim holds, and stops the program if not.
  static void holds(boolean claim, String what, Object... numbers) {
    if (!claim) {
      throw new AssertionError("this does not hold: " + what.formatted(numbers));
    }
  }
}
