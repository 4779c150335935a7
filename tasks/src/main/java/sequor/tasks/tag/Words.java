package sequor.tasks.tag;

import java.util.ArrayList;
import java.util.List;

/// A sentence cut into words.
///
/// @param text as it was given; of words that were given, these with spaces between
/// @param starts where each word begins in it, in `char`s
/// @param ends where each ends
public record Words(String text, List<String> tokens, List<Integer> starts, List<Integer> ends) {
  public Words {
    tokens = List.copyOf(tokens);
    starts = List.copyOf(starts);
    ends = List.copyOf(ends);
  }

  /// Words that somebody else has cut.
  public static Words of(List<String> tokens) {
    var starts = new ArrayList<Integer>();
    var ends = new ArrayList<Integer>();
    int at = 0;
    for (var token : tokens) {
      starts.add(at);
      ends.add(at + token.length());
      at += token.length() + 1;
    }
    return new Words(String.join(" ", tokens), tokens, starts, ends);
  }
}
