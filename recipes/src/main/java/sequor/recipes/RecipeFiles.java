package sequor.recipes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import sequor.FileException;
import sequor.settings.SettingsException;

/// Where the texts of recipes come from.
final class RecipeFiles {
  private static final int MOST_BYTES = 4 << 20;

  private RecipeFiles() {}

  static Path path(String file) {
    try {
      return Path.of(file);
    } catch (InvalidPathException e) {
      throw new SettingsException(
          "recipe: expected the path of a file, got '%s' (%s); write another"
              .formatted(e.getInput(), e.getReason()),
          e);
    }
  }

  /// What a recipe in that file, or on it, is called. A run directory calls its recipe
  /// `recipe.yaml`; then the folder says more.
  static String baseName(Path file) {
    var path = file.toAbsolutePath();
    int last = path.getNameCount() - 1;
    String base =
        path.getName(last)
            .toString()
            .replaceAll("\\.(ya?ml|(csv|tsv|txt|tab|jsonl|ndjson)(\\.gz)?)$", "");
    return base.equals("recipe") && last > 0 ? path.getName(last - 1).toString() : base;
  }

  static String contents(Path file) {
    if (Files.isDirectory(file)) {
      throw new RecipeException(
          "recipe: expected a file, got the folder %s; name a file in it".formatted(file));
    }
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new RecipeException(
            "%s: expected a recipe of at most %,d bytes, got more; is it the right file?"
                .formatted(file, MOST_BYTES));
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException e) {
      throw new RecipeException(
          "recipe: expected a file, got no %s; check the path".formatted(file), e);
    } catch (CharacterCodingException e) {
      throw new RecipeException(
          "%s: expected text in UTF-8, got other bytes; save it as UTF-8".formatted(file), e);
    } catch (IOException e) {
      throw FileException.unreadable(file, e);
    }
  }

  static String resource(String path) {
    try (InputStream in = RecipeFiles.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + path + " is missing from this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
