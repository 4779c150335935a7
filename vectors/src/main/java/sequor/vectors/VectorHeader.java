package sequor.vectors;

import java.util.Optional;
import java.util.regex.Pattern;

/// The first line of word2vec's files.
///
/// @param count V
/// @param dimension D
public record VectorHeader(int count, int dimension) {
  private static final Pattern LINE = Pattern.compile("\uFEFF?(\\d{1,9})[ \t]+(\\d{1,6})\\s*");

  static Optional<VectorHeader> of(String line) {
    var found = LINE.matcher(line);
    return found.matches() && !found.group(2).matches("0+")
        ? Optional.of(
            new VectorHeader(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))))
        : Optional.empty();
  }
}
