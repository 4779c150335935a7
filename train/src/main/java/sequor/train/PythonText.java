package sequor.train;

import java.util.ArrayList;
import java.util.List;

/// White space as Python has it (`str.isspace`), by which sacreBLEU cuts.
final class PythonText {
  private PythonText() {}

  /// What stands between white space: `str.split`.
  static List<String> split(String text) {
    var words = new ArrayList<String>();
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean space = i == text.length() || isSpace(text.charAt(i));
      if (!space && start < 0) {
        start = i;
      } else if (space && start >= 0) {
        words.add(text.substring(start, i));
        start = -1;
      }
    }
    return words;
  }

  /// Without white space at the end: `str.rstrip`.
  static String stripEnd(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  private static boolean isSpace(char c) {
    return switch (c) {
      case '\t', '\n', '\u000B', '\f', '\r', ' ', '\u0085', '\u00A0', '\u1680' -> true;
      case '\u2028', '\u2029', '\u202F', '\u205F', '\u3000' -> true;
      default -> (c >= '\u001C' && c <= '\u001F') || (c >= '\u2000' && c <= '\u200A');
    };
  }
}
