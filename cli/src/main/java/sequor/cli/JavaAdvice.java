package sequor.cli;

/// What is wrong with a Java 25, by its version and the flags it was started with.
final class JavaAdvice {
  private static final Runtime.Version MENDED = Runtime.Version.parse("25.0.3");

  private JavaAdvice() {}

  /// What to do, or nothing where all is well.
  ///
  /// @param compactHeaders whether `-XX:+UseCompactObjectHeaders` is on
  static String of(Runtime.Version version, boolean compactHeaders) {
    if (version.feature() == MENDED.feature() && version.compareTo(MENDED) < 0) {
      return "before 25.0.3 the collector G1 can corrupt arrays that native code holds"
          + " (JDK-8377811); install 25.0.3 or later";
    }
    return compactHeaders
        ? "compact object headers have an error of their own (JDK-8380060); start without"
            + " -XX:+UseCompactObjectHeaders"
        : "";
  }
}
