package sequor.house;

import static sequor.house.Repository.ROOT;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;

/// The one formatter. `./dev format` runs it over every file.
final class Format {
  private Format() {}

  static String formatted(String source) throws FormatterException {
    var tidy = RemoveUnusedImports.removeUnusedImports(source);
    return new Formatter().formatSource(ImportOrderer.reorderImports(tidy, Style.GOOGLE));
  }

  public static void main(String[] args) throws IOException, FormatterException {
    for (var file : Repository.javaFiles(ROOT)) {
      String before = Files.readString(file);
      String after = formatted(before);
      if (!after.equals(before)) {
        Files.writeString(file, after);
        System.out.println(ROOT.relativize(file));
      }
    }
  }
}
