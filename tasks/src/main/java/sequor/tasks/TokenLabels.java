package sequor.tasks;

import java.util.ArrayList;
import java.util.List;
import sequor.text.Encoding;
import sequor.text.Vocabulary;

/// What tokens are called where somebody sees them: as the user wrote them, and marks by name.
public final class TokenLabels {
  private TokenLabels() {}

  /// The label of each token of a text.
  public static List<String> of(String text, Encoding encoding, Vocabulary vocabulary) {
    var labels = new ArrayList<String>();
    for (int t = 0; t < encoding.length(); t++) {
      int start = encoding.starts()[t];
      int end = encoding.ends()[t];
      labels.add(
          end > start
              ? shown(text.substring(start, end))
              : shown(vocabulary.token(encoding.ids()[t])));
    }
    return labels;
  }

  /// A token with signs for what nobody sees; spaces around other letters are left out.
  public static String shown(String token) {
    String seen = token.strip();
    return (seen.isEmpty() ? token : seen)
        .replace("\r\n", "⏎")
        .replace('\n', '⏎')
        .replace('\t', '⇥')
        .replace(' ', '␣');
  }
}
