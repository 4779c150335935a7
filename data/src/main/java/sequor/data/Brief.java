package sequor.data;

/// What an error shows of a text that may be long.
final class Brief {
  private static final int MOST = 60;

  private Brief() {}

  static String of(String text) {
    return text.length() <= MOST ? text : text.substring(0, MOST) + "…";
  }
}
