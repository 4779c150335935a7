package sequor.vectors;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads fastText's `.bin`:
///
/// ```
/// magic, version, arguments                       see FastTextHeader
/// entries, words, labels (int); tokens, pruned (long)
/// of each entry: its bytes, 0, how often it occurred (long), 0 for a word or 1 for a label
/// whether the input is quantised; if not, rows and D (long), and the rows of words and buckets
/// the output, which is not read
/// ```
final class FastTextReader {
  private static final byte WORD = 0;
  private static final char REPLACEMENT = '\uFFFD';

  private final VectorReading reading;
  private final List<String> words = new ArrayList<>();
  private final Map<String, Integer> index = new HashMap<>();
  private int[] places = new int[1024]; // of the words that are kept, among all
  private int damaged;

  FastTextReader(VectorReading reading) {
    this.reading = reading;
  }

  /// The words of the file.
  private static final class Dictionary {
    private final Mapped in;
    private final long[] starts; // of the bytes of each word
    private final int[] lengths;
    private final long[] counts;

    Dictionary(Mapped in, int count) {
      this.in = in;
      this.starts = new long[count];
      this.lengths = new int[count];
      this.counts = new long[count];
    }

    byte[] spelling(int word) {
      return in.bytes(starts[word], lengths[word]);
    }
  }

  WordVectors read() throws IOException {
    var in = Mapped.of(reading);
    var header = FastTextHeader.read(in);
    var dictionary = dictionary(in);
    int count = dictionary.starts.length;
    var input = input(in, header, count);
    var table =
        new SubwordTable(
            header.subwords(),
            header.dimension(),
            count,
            dictionary::spelling,
            word -> dictionary.counts[word],
            input);
    int[] kept = Arrays.copyOf(places, words.size());
    Rows rows = (word, into, at) -> table.copy(kept[word], into, at);
    return new WordVectors(
        FastTextFormat.NAME, words, index, header.dimension(), rows, Optional.of(table), notices());
  }

  private List<String> notices() {
    return damaged == 0
        ? List.of()
        : List.of(
            "%,d words are not in UTF-8; what is wrong there is shown as U+FFFD"
                .formatted(damaged));
  }

  private Dictionary dictionary(Mapped in) {
    int entries = in.readInt();
    int count = in.readInt();
    int labels = in.readInt();
    in.readLong(); // tokens
    long pruned = in.readLong();
    if (count < 1 || labels < 0 || (long) count + labels != entries) {
      throw in.wrong(
          "expected words and labels that are all entries, got %,d, %,d and %,d; it is damaged",
          count, labels, entries);
    }
    if (pruned >= 0) {
      throw quantised(in);
    }
    in.require(10L * entries); // that many are there at the least
    var dictionary = new Dictionary(in, count);
    for (int i = 0; i < entries; i++) {
      long start = in.at();
      int length = in.skipText();
      long occurred = in.readLong();
      boolean word = in.readByte() == WORD;
      if (word != i < count) {
        throw in.wrong("expected all words before all labels, got entry %,d; it is damaged", i);
      }
      if (word) {
        dictionary.starts[i] = start;
        dictionary.lengths[i] = length;
        dictionary.counts[i] = occurred;
        keep(i, dictionary.spelling(i));
      }
    }
    return dictionary;
  }

  private void keep(int place, byte[] spelling) {
    var word = new String(spelling, StandardCharsets.UTF_8);
    if (place >= reading.most() || !reading.wants(word)) {
      return;
    }
    damaged += word.indexOf(REPLACEMENT) >= 0 ? 1 : 0;
    if (words.size() == places.length) {
      places = Arrays.copyOf(places, 2 * places.length);
    }
    places[words.size()] = place;
    index.putIfAbsent(word, words.size()); // damaged ones may look the same
    words.add(word);
  }

  private Rows input(Mapped in, FastTextHeader header, int count) {
    if (in.readByte() != 0) {
      throw quantised(in);
    }
    long rows = in.readLong();
    long dimension = in.readLong();
    boolean all = rows >= (long) count + header.subwords().buckets();
    if (!all || rows > Integer.MAX_VALUE || dimension != header.dimension()) {
      throw in.wrong(
          "expected %,d rows of %,d numbers, got %,d of %,d; it is damaged",
          (long) count + header.subwords().buckets(), header.dimension(), rows, dimension);
    }
    return in.rows(rows, header.dimension());
  }

  private static VectorsException quantised(Mapped in) {
    return in.wrong(
        "expected a fastText model that is not quantised, got a quantised one (.ftz); take the .bin"
            + " that it was made from");
  }
}
