package sequor.vectors;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Lines of a word and D numbers, parted by spaces or tabs.
///
/// The word is what stands before the last D fields, as the vectors published by GloVe's makers
/// have words like `. . .`. No other white space parts: U+00A0, U+0085 and U+2028 are letters of
/// words here, as they are to the programs that write such files.
final class TextRows {
  private final VectorInput in;
  private final VectorReading reading;
  private final int dimension;
  private final float[] row;

  TextRows(VectorInput in, VectorReading reading, int dimension) {
    this.in = in;
    this.reading = reading;
    this.dimension = dimension;
    this.row = new float[dimension];
  }

  /// All rows from the next line on.
  WordVectors read(String format, Optional<Integer> expected) throws IOException {
    var gathered = new Gathered(reading, dimension);
    long blank = 0;
    while (!gathered.isFull() && in.nextLine()) {
      if (in.start() == in.stop()) {
        blank = blank == 0 ? in.line() : blank;
      } else {
        if (blank > 0) {
          refuse(gathered, blank, "a line that is empty");
          blank = 0; // only the file's last lines may be
        }
        read(gathered);
      }
    }
    return gathered.done(format, expected);
  }

  private void read(Gathered gathered) {
    int wordEnd = in.start();
    int fields = fields();
    if (fields == dimension + 1) {
      while (!isSpace(in.bytes()[wordEnd])) {
        wordEnd++;
      }
    } else {
      wordEnd = beforeNumbers(fields);
    }
    if (wordEnd < 0 || isRagged(fields, wordEnd)) {
      refuse(gathered, in.line(), "%,d numbers".formatted(Math.max(0, numbers())));
      return;
    }
    var word = text(in.start(), wordEnd);
    if (gathered.wants(word) && parse(gathered, wordEnd)) {
      gathered.add(word, row);
    }
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t';
  }

  /// How many runs of other bytes than spaces the line has.
  private int fields() {
    byte[] bytes = in.bytes();
    int count = 0;
    boolean space = true;
    for (int i = in.start(); i < in.stop(); i++) {
      boolean now = isSpace(bytes[i]);
      count += space && !now ? 1 : 0;
      space = now;
    }
    return isSpace(bytes[in.start()]) ? count + 1 : count; // a word may be empty
  }

  /// Where the word ends that stands before the last D fields; −1 if there are not so many.
  private int beforeNumbers(int fields) {
    if (fields <= dimension) {
      return -1;
    }
    byte[] bytes = in.bytes();
    int at = in.stop();
    for (int i = 0; i < dimension; i++) {
      while (at > in.start() && isSpace(bytes[at - 1])) {
        at--;
      }
      while (at > in.start() && !isSpace(bytes[at - 1])) {
        at--;
      }
    }
    return Math.max(in.start(), at - 1); // one space parts, others are the word's
  }

  /// Whether what seems to be a word of several fields ends with one number too many.
  private boolean isRagged(int fields, int wordEnd) {
    if (fields == dimension + 1) {
      return false;
    }
    int from = wordEnd;
    while (from > in.start() && !isSpace(in.bytes()[from - 1])) {
      from--;
    }
    return from > in.start() && !Float.isNaN(Decimals.parse(in.bytes(), from, wordEnd));
  }

  /// Parses the numbers behind the word; says whether all are.
  private boolean parse(Gathered gathered, int wordEnd) {
    byte[] bytes = in.bytes();
    int at = wordEnd;
    for (int d = 0; d < dimension; d++) {
      while (isSpace(bytes[at])) {
        at++;
      }
      int from = at;
      while (at < in.stop() && !isSpace(bytes[at])) {
        at++;
      }
      row[d] = Decimals.parse(bytes, from, at);
      if (Float.isNaN(row[d])) {
        refuse(gathered, in.line(), "\"" + text(from, Math.min(at, from + 40)) + "\" among them");
        return false;
      }
    }
    return true;
  }

  /// How many fields at the end of the line are numbers, but its first.
  private int numbers() {
    byte[] bytes = in.bytes();
    int count = 0;
    int end = in.stop();
    while (true) {
      while (end > in.start() && isSpace(bytes[end - 1])) {
        end--;
      }
      int from = end;
      while (from > in.start() && !isSpace(bytes[from - 1])) {
        from--;
      }
      if (from == in.start() || Float.isNaN(Decimals.parse(bytes, from, end))) {
        return count;
      }
      count++;
      end = from;
    }
  }

  private void refuse(Gathered gathered, long line, String got) {
    if (!reading.isLenient()) {
      throw reading.wrong(
          line,
          "expected a word and %,d finite numbers, got %s; mend the line, or read it leniently to"
              + " leave it out (neighbors --lenient)",
          dimension,
          got);
    }
    gathered.leave();
  }

  private String text(int from, int to) {
    return new String(in.bytes(), from, to - from, StandardCharsets.UTF_8);
  }

  /// How many fields at the end of a line are numbers, but its first.
  static int numbersAtEnd(String line) {
    String[] fields = line.strip().split("[ \t]+", -1);
    int count = 0;
    for (int i = fields.length - 1; i > 0 && isNumber(fields[i]); i--) {
      count++;
    }
    return count;
  }

  private static boolean isNumber(String field) {
    byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
    return !Float.isNaN(Decimals.parse(bytes, 0, bytes.length));
  }

  static void write(WordVectors vectors, OutputStream out) throws IOException {
    var line = new StringBuilder();
    float[] row = new float[vectors.dimension()];
    for (int i = 0; i < vectors.size(); i++) {
      line.setLength(0);
      line.append(checked(vectors.words().get(i)));
      vectors.copyRow(i, row, 0);
      for (float number : row) {
        line.append(' ').append(number);
      }
      out.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  /// A word that comes back as it is: no line ends in it, nor does a number stand at its end.
  private static String checked(String word) {
    boolean breaks = word.indexOf('\n') >= 0 || word.indexOf('\r') >= 0;
    if (breaks || numbersAtEnd(word) > 0) {
      throw new VectorsException(
          "word vectors: expected words that a line of text can hold, got \"%s\"; replace the space"
                  .formatted(word.replace("\n", "\\n").replace("\r", "\\r"))
              + " in it, or leave it out");
    }
    return word;
  }
}
