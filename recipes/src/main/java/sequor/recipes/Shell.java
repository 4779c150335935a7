package sequor.recipes;

import java.util.List;
import java.util.stream.Collectors;

/// Command lines that can be copied into a shell.
public final class Shell {
  private Shell() {}

  /// The words, quoted where a shell would take them apart or read something into them.
  public static String command(List<String> words) {
    return words.stream().map(Shell::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return word.matches("[\\w./=:@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
