package sequor.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sequor.FileException;
import sequor.settings.Settings;

/// `format: parallel`: files whose lines belong together, as those of a text and of its translation
/// do, named as one: `train.{de,en}` stands for `train.de` and `train.en`, gzipped or not. A row is
/// a line of each, with the columns `de` and `en`.
///
/// What is between the braces names the columns where it is a word, such as that of a language;
/// else they are called `1`, `2`, …, as of `{before,after/all.txt}`. Lines end with LF, or CR LF,
/// and with nothing else, and files that do not have as many lines are refused.
public record ParallelFormat() implements Format {
  private static final Pattern NAME = Pattern.compile("(.*)\\{([^{}]*,[^{}]*)}(.*)");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_-]+");

  @Override
  public String name() {
    return "parallel";
  }

  @Override
  public String about() {
    return "files whose lines belong together: train.{de,en}";
  }

  @Override
  public boolean fits(String name, String head) {
    return false; // it is told by its braces, before a file is looked at
  }

  /// Whether a name stands for several files, and is not itself that of one.
  static boolean isName(Path file) {
    return NAME.matcher(file.toString()).matches() && !Files.exists(file);
  }

  /// The name of such files: `train.{de,en}` of `train.de` and `train.en`.
  public static String name(Path one, Path other) {
    String a = one.toString();
    String b = other.toString();
    int most = Math.min(a.length(), b.length());
    int before = 0;
    while (before < most && a.charAt(before) == b.charAt(before)) {
      before++;
    }
    before = Math.max(a.lastIndexOf('/', before), a.lastIndexOf('.', before)) + 1;
    before = b.startsWith(a.substring(0, before)) ? before : 0;
    String gz = a.endsWith(".gz") && b.endsWith(".gz") ? ".gz" : "";
    return "%s{%s,%s}%s"
        .formatted(
            a.substring(0, before),
            a.substring(before, a.length() - gz.length()),
            b.substring(before, b.length() - gz.length()),
            gz);
  }

  /// The files that a name stands for, by the columns that they are.
  static SequencedMap<String, Path> files(Path name) {
    var matcher = NAME.matcher(name.toString());
    if (!matcher.matches()) {
      throw new DataException(
          "%s: expected files whose lines belong together, such as train.{de,en}, got one; name both"
              .formatted(name));
    }
    var parts = Arrays.asList(matcher.group(2).split(",", -1));
    boolean words = parts.stream().allMatch(part -> WORD.matcher(part).matches());
    var files = new LinkedHashMap<String, Path>();
    for (int i = 0; i < parts.size(); i++) {
      String column = words ? parts.get(i) : Integer.toString(i + 1);
      var file = Path.of(matcher.group(1) + parts.get(i) + matcher.group(3));
      if (files.put(column, file) != null) {
        throw new DataException(
            "%s: expected each file once, got %s twice; name both".formatted(name, file));
      }
    }
    return files;
  }

  /// The columns of such files, in their order.
  public static List<String> columns(Path name) {
    return List.copyOf(files(name).keySet());
  }

  @Override
  public Source<Row> open(Path file, Settings settings) {
    return rows(file.getFileName().toString(), files(file));
  }

  /// @param source what errors call them
  static Source<Row> rows(String source, SequencedMap<String, Path> files) {
    var missing = files.values().stream().filter(file -> !Files.isRegularFile(file)).findFirst();
    if (missing.isPresent()) {
      throw new DataException(
          "%s: expected a file for each column, got no %s; check the path"
              .formatted(source, missing.get()));
    }
    files.values().forEach(AutoFormat::requireText);
    var header = Row.Header.of(source, List.copyOf(files.keySet()));
    return () -> new Lines(header, files);
  }

  private static final class Lines extends LookAhead<Row> {
    private final Row.Header header;
    private final Map<Path, BufferedReader> readers = new LinkedHashMap<>();
    private long number;

    Lines(Row.Header header, SequencedMap<String, Path> files) {
      this.header = header;
      files.values().forEach(file -> readers.put(file, Format.reader(file)));
    }

    @Override
    @Nullable Row fetch() {
      var lines = new ArrayList<String>();
      for (var each : readers.entrySet()) {
        var line = line(each.getKey(), each.getValue(), number + 1);
        if (line != null) {
          lines.add(line);
        }
      }
      if (lines.isEmpty()) {
        return null;
      }
      if (lines.size() < readers.size()) {
        throw unequal();
      }
      number++;
      return new Row(header, number, lines);
    }

    private static @Nullable String line(Path file, BufferedReader reader, long number) {
      try {
        return PlainLines.next(reader, String.valueOf(file.getFileName()), number);
      } catch (IOException e) {
        throw FileException.unreadable(file, e);
      }
    }

    private DataException unequal() {
      var counts =
          readers.keySet().stream()
              .map(file -> "%,d in %s".formatted(count(file), file.getFileName()))
              .collect(Collectors.joining(", "));
      return new DataException(
          "%s: expected files with as many lines each, got %s; line by line they belong together, so"
                  .formatted(header.source(), counts)
              + " put the missing ones in, empty if need be");
    }

    private static long count(Path file) {
      long count = 0;
      try (var reader = Format.reader(file)) {
        while (line(file, reader, count + 1) != null) {
          count++;
        }
      } catch (IOException e) {
        throw FileException.unreadable(file, e);
      }
      return count;
    }

    @Override
    public void close() {
      readers.values().forEach(Format::close);
    }
  }
}
