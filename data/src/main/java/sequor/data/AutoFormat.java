package sequor.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import sequor.FileException;
import sequor.WrongFile;
import sequor.json.Json;
import sequor.settings.Places;
import sequor.settings.Section;
import sequor.settings.Settings;

/// `format: auto`: the kind of file that its name and its first lines look like.
public record AutoFormat() implements Format {
  private static final int HEAD = 4096;

  @Override
  public String name() {
    return "auto";
  }

  @Override
  public String about() {
    return "what the file looks like";
  }

  /// Those of a table, which most files are.
  @Override
  public Class<? extends Record> settings() {
    return TableSettings.class;
  }

  @Override
  public boolean fits(String name, String head) {
    return false;
  }

  @Override
  public Source<Row> open(Path file, Settings settings) {
    var format = of(file);
    return format.open(file, own(format, settings, file));
  }

  /// The keys of a format that was guessed: those that were written of a table, and else the
  /// defaults.
  static Settings own(Format format, Settings settings, Path file) {
    return format.settings() == TableSettings.class
        ? settings
        : Section.of(format.settings()).complete(Json.object(), "data.", Places.of(file));
  }

  /// The format of that file.
  ///
  /// @throws DataException if it is of none that there are, or holds no text at all
  static Format of(Path file) {
    if (ParallelFormat.isName(file)) {
      return new ParallelFormat();
    }
    String name =
        String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    String head = head(file);
    WrongFile.of(head, "save it as .csv in UTF-8").ifPresent(wrong -> refuse(file, wrong));
    return Format.all().all().stream()
        .filter(format -> format.fits(name, head))
        .findFirst()
        .orElseThrow(() -> unknown(file));
  }

  /// Refuses a file that holds no text.
  ///
  /// @throws DataException if it does not
  static void requireText(Path file) {
    WrongFile.of(head(file), "save it as text in UTF-8").ifPresent(wrong -> refuse(file, wrong));
  }

  private static DataException unknown(Path file) {
    return new DataException(
        ("%s: expected a table (.csv, .tsv), JSON Lines (.jsonl), tokens (.conllu, .conll) or lines of text (.txt), got a file"
                + " of another kind; say what it is with data.format, one of %s")
            .formatted(file, String.join(", ", Format.all().names())));
  }

  private static void refuse(Path file, WrongFile wrong) {
    throw new DataException(
        "%s: expected a file of text, got %s; %s".formatted(file, wrong.what(), wrong.advice()));
  }

  /// How the file begins: as text, or, where that is none, one character a byte.
  static String head(Path file) {
    char[] head = new char[HEAD];
    try (var reader = Format.reader(file)) {
      return new String(head, 0, Math.max(0, reader.read(head)));
    } catch (IOException e) {
      throw FileException.unreadable(file, e);
    } catch (DataException e) {
      if (Files.isDirectory(file)) {
        throw e;
      }
      return bytes(file);
    }
  }

  private static String bytes(Path file) {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw FileException.unreadable(file, e);
    }
  }
}
