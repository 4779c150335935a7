package sequor.text;

import java.util.Arrays;

/// The ids of a text, and where each token stands in it.
///
/// The arrays are all of one length and the encoding's own: read them, do not write to them.
public final class Encoding {
  private final int[] ids;
  private final int[] starts;
  private final int[] ends;
  private final int[] words;

  Encoding(int[] ids, int[] starts, int[] ends, int[] words) {
    this.ids = ids;
    this.starts = starts;
    this.ends = ends;
    this.words = words;
  }

  public int length() {
    return ids.length;
  }

  public int[] ids() {
    return ids;
  }

  /// Where each token begins in the text that the user gave, in `char`s.
  public int[] starts() {
    return starts;
  }

  /// Where each token ends there.
  public int[] ends() {
    return ends;
  }

  /// Of which word each token is a part, from 0; −1 for white space and marks.
  public int[] words() {
    return words;
  }

  /// The first `most` tokens.
  public Encoding first(int most) {
    return most >= length() ? this : range(0, most);
  }

  /// The last `most` tokens.
  public Encoding last(int most) {
    return most >= length() ? this : range(length() - most, length());
  }

  private Encoding range(int from, int to) {
    return new Encoding(
        Arrays.copyOfRange(ids, from, to),
        Arrays.copyOfRange(starts, from, to),
        Arrays.copyOfRange(ends, from, to),
        Arrays.copyOfRange(words, from, to));
  }

  /// With one mark before it and one behind, which stand for nothing in the text.
  public Encoding marked(int before, int behind) {
    int start = length() == 0 ? 0 : starts[0];
    int end = length() == 0 ? 0 : ends[length() - 1];
    return new Encoding(
        around(ids, before, behind),
        around(starts, start, end),
        around(ends, start, end),
        around(words, -1, -1));
  }

  /// Followed by a mark that stands for nothing in the text, and by another encoding.
  ///
  /// @param moved how many characters further on the places of the other are
  public Encoding joined(int mark, Encoding next, int moved) {
    int end = length() == 0 ? 0 : ends[length() - 1];
    int more = Arrays.stream(words).max().orElse(-1) + 1;
    return new Encoding(
        both(ids, mark, next.ids),
        both(starts, end, Arrays.stream(next.starts).map(place -> place + moved).toArray()),
        both(ends, end, Arrays.stream(next.ends).map(place -> place + moved).toArray()),
        both(words, -1, Arrays.stream(next.words).map(w -> w < 0 ? w : w + more).toArray()));
  }

  private static int[] both(int[] first, int between, int[] second) {
    int[] all = Arrays.copyOf(first, first.length + 1 + second.length);
    all[first.length] = between;
    System.arraycopy(second, 0, all, first.length + 1, second.length);
    return all;
  }

  private static int[] around(int[] values, int before, int behind) {
    int[] more = new int[values.length + 2];
    more[0] = before;
    System.arraycopy(values, 0, more, 1, values.length);
    more[more.length - 1] = behind;
    return more;
  }

  @Override
  public String toString() {
    return "Encoding " + Arrays.toString(ids);
  }
}
