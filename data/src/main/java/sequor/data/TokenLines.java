package sequor.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sequor.FileException;

/// Goes through a file that holds a token a line, in columns, and a blank line behind each
/// sentence.
///
/// Lines end with LF, or CR LF. Only tabs and spaces part columns: a token may be U+00A0 or U+2028,
/// and between tabs it may hold spaces. Whatever is wrong is said with its line.
abstract class TokenLines extends LookAhead<Sentence> {
  /// No sentence is longer: what is has no blank lines.
  static final int MOST_TOKENS = 10_000;

  private static final String BLANK_LINE = "put a blank line behind each sentence";

  private final BufferedReader reader;
  private final Path file;
  final String source;
  private long number; // of lines read
  private boolean ended;

  TokenLines(Path file) {
    this.file = file;
    this.source = String.valueOf(file.getFileName());
    this.reader = Format.reader(file);
  }

  /// What a line is: the columns of a token, or null for what is none and belongs to no sentence's
  /// tokens, such as a comment.
  ///
  /// @param first whether no token of the sentence was read
  /// @throws DataException if it is neither
  abstract @Nullable List<String> token(String line, long number, boolean first);

  /// The columns of the file, once a token was read.
  abstract Row.Header header();

  /// Whether tabs part the columns, else spaces.
  abstract boolean tabs();

  /// The next sentence; at the end of the file what is left, though it has no token.
  @Override
  @Nullable Sentence fetch() {
    try {
      return ended ? null : sentence();
    } catch (IOException e) {
      throw FileException.unreadable(file, e);
    }
  }

  private @Nullable Sentence sentence() throws IOException {
    var lines = new ArrayList<String>();
    var places = new ArrayList<Integer>();
    var tokens = new ArrayList<List<String>>();
    long first = number + 1;
    long size = 0;
    while (true) {
      String line = PlainLines.next(reader, source, number + 1);
      if (line == null) {
        ended = true;
        break;
      }
      number++;
      size += line.length();
      refuseLongOnes(first, tokens.size(), size);
      lines.add(line);
      if (isBlank(line)) {
        if (tokens.isEmpty()) {
          continue;
        }
        break;
      }
      requireWhole(line);
      var token = token(line, number, tokens.isEmpty());
      if (token != null) {
        first = tokens.isEmpty() ? number : first;
        places.add(lines.size() - 1);
        tokens.add(token);
      }
    }
    if (lines.isEmpty()) {
      return null;
    }
    var header = tokens.isEmpty() ? Row.Header.of(source, List.of()) : header();
    var fields = Sentence.joined(tokens, tokens.isEmpty() ? 0 : header.columns().size());
    return new Sentence(new Row(header, first, fields), lines, places, tabs());
  }

  private void refuseLongOnes(long first, int tokens, long size) {
    if (tokens >= MOST_TOKENS) {
      throw new DataException(
          "%s:%d: expected a sentence of at most %,d tokens, got more; %s"
              .formatted(source, first, MOST_TOKENS, BLANK_LINE));
    }
    if (size > PlainLines.MOST) {
      throw new DataException(
          "%s:%d: expected a sentence of at most %,d characters, got more; %s"
              .formatted(source, first, PlainLines.MOST, BLANK_LINE));
    }
  }

  private void requireWhole(String line) {
    if (line.indexOf('\r') >= 0) {
      throw new DataException(
          "%s:%d: expected a line without line breaks, got a CR in it; save the file with LF"
              .formatted(source, number));
    }
  }

  /// Of tabs and spaces alone; other spaces may be tokens.
  static boolean isBlank(String line) {
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) != ' ' && line.charAt(i) != '\t') {
        return false;
      }
    }
    return true;
  }

  /// The columns of a line and where they stand.
  ///
  /// @param tabs whether a tab parts them, else any number of tabs and spaces
  static List<Sentence.Field> fields(String line, boolean tabs) {
    var fields = new ArrayList<Sentence.Field>();
    int start = 0;
    for (int i = 0; i <= line.length(); i++) {
      boolean parts =
          i == line.length() || line.charAt(i) == '\t' || (!tabs && line.charAt(i) == ' ');
      if (parts && (tabs || i > start)) {
        fields.add(new Sentence.Field(line.substring(start, i), start, i));
      }
      start = parts ? i + 1 : start;
    }
    return fields;
  }

  static List<String> texts(String line, boolean tabs) {
    return fields(line, tabs).stream().map(Sentence.Field::text).toList();
  }

  DataException wrong(long line, String message) {
    return new DataException("%s:%d: %s".formatted(source, line, message));
  }

  @Override
  public void close() {
    Format.close(reader);
  }
}
