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
import java.util.zip.GZIPInputStream;
import sequor.recipes.RecipeException;
import sequor.tasks.TaskException;

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

  /// Of a file, gzipped or not.
  static TextLines of(Path file) throws IOException {
    var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    in.mark(2);
    boolean zipped = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return new TextLines(zipped ? new GZIPInputStream(in) : in, file.toString(), false);
  }

  /// Gives all texts to `action`, some at a time, until there are no more or nobody reads on.
  ///
  /// @throws RecipeException if a line is not UTF-8, or `action` refuses one
  void forEachSome(Output output, Consumer<List<String>> action) throws IOException {
    var some = next(AT_ONCE);
    while (!some.isEmpty() && !output.out().checkError()) {
      try {
        action.accept(some);
      } catch (TaskException e) {
        each(some, action); // up to the one that is wrong
      }
      some = next(AT_ONCE);
    }
  }

  /// Gives all texts to `action`, one after the other, until there are no more or nobody reads on.
  ///
  /// @throws RecipeException if a line is not UTF-8, or `action` refuses one
  void forEach(Output output, Consumer<String> action) throws IOException {
    for (var some = next(AT_ONCE); !some.isEmpty(); some = next(AT_ONCE)) {
      each(some, text -> action.accept(text.getFirst()));
      if (output.out().checkError()) {
        return;
      }
    }
  }

  /// One after the other, so that it is known which is wrong, and those before it are answered.
  private void each(List<String> texts, Consumer<List<String>> action) {
    int line = number - texts.size() + (failure.isPresent() ? 0 : 1);
    for (var text : texts) {
      try {
        action.accept(List.of(text));
      } catch (TaskException e) {
        throw new RecipeException("%s:%d: %s".formatted(source, line, e.getMessage()), e);
      }
      line++;
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
