package sequor.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import sequor.recipes.RecipeException;

/// Texts to look at, one a line, in UTF-8: from a file, or from standard input.
///
/// A line ends with LF, with a CR before it or not; texts hold all other line breaks. A byte order
/// mark at the beginning says what is known. Other bytes than UTF-8 are an error, which comes after
/// the good lines before it.
final class TextLines implements AutoCloseable {
  static final int AT_ONCE = 1024;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final InputStream in;
  private final String source;
  private final boolean waits;
  private int number;
  private Optional<RecipeException> failure = Optional.empty();

  /// @param waits whether somebody may wait for an answer before the next line is written
  private TextLines(InputStream in, String source, boolean waits) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.source = source;
    this.waits = waits;
  }

  static TextLines ofStandardInput() {
    return new TextLines(System.in, "standard input", true);
  }

  static TextLines of(Path file) throws IOException {
    return new TextLines(Files.newInputStream(file), file.toString(), false);
  }

  /// Gives all texts to `action`, some at a time, until there are no more or nobody reads on.
  ///
  /// @throws RecipeException if a line is not UTF-8
  void forEachSome(Output output, Consumer<List<String>> action) throws IOException {
    var some = next(AT_ONCE);
    while (!some.isEmpty() && !output.out().checkError()) {
      action.accept(some);
      some = next(AT_ONCE);
    }
  }

  /// Up to so many texts; none at the end. Where somebody waits, these are the lines that have
  /// arrived.
  ///
  /// @throws RecipeException if the next line is not UTF-8
  List<String> next(int most) throws IOException {
    var texts = new ArrayList<String>();
    if (failure.isPresent()) {
      throw failure.get();
    }
    try {
      for (var text = line(); text.isPresent(); text = line()) {
        texts.add(text.get());
        if (texts.size() == most || (waits && in.available() == 0)) {
          break;
        }
      }
    } catch (RecipeException e) {
      if (texts.isEmpty()) {
        throw e;
      }
      failure = Optional.of(e);
    }
    return texts;
  }

  private Optional<String> line() throws IOException {
    int next = in.read();
    if (next < 0) {
      return Optional.empty();
    }
    number++;
    var bytes = new ByteArrayOutputStream();
    for (; next >= 0 && next != '\n'; next = in.read()) {
      bytes.write(next);
    }
    String text = decoded(bytes.toByteArray());
    if (number == 1 && text.startsWith(BYTE_ORDER_MARK)) {
      text = text.substring(BYTE_ORDER_MARK.length());
    }
    return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
  }

  private String decoded(byte[] line) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException e) {
      throw new RecipeException(
          "%s:%d: expected text in UTF-8, got other bytes; convert it".formatted(source, number),
          e);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
