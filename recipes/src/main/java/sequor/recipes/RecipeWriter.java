package sequor.recipes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import sequor.json.Json;
import sequor.json.JsonArray;
import sequor.json.JsonObject;
import sequor.json.JsonText;
import sequor.settings.Key;
import sequor.settings.Schema;
import sequor.settings.Section;
import sequor.settings.Settings;
import sequor.tasks.Task;

/// Writes a recipe with every key, each with what it is.
final class RecipeWriter {
  private static final int COMMENTS = 30; // the column where they begin
  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "~");

  private static final Pattern PLAIN =
      Pattern.compile("[\\p{L}_]([\\p{L}\\p{N} _./-]*[\\p{L}\\p{N}_./-])?");

  /// What YAML, unlike JSON, has no place for as it is.
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\x7F-\\x9F\\u2028\\u2029\\uFEFF\\uFFFE\\uFFFF]");

  private final StringBuilder out = new StringBuilder();

  private RecipeWriter() {}

  static String write(
      Task task, String about, Figures figures, Variants variants, Settings settings) {
    var writer = new RecipeWriter();
    writer.line("task", Json.of(task.name()), task.about(), "");
    writer.line("about", Json.of(about), "one sentence for the model card", "");
    if (!figures.isEmpty()) {
      writer.section("figures", Section.of(Figures.class), Settings.json(figures));
    }
    writer.sections(task.schema(), settings);
    writer.variants(variants);
    return writer.out.toString();
  }

  private void sections(Schema schema, Settings settings) {
    schema
        .sections()
        .forEach((name, section) -> section(name, section, settings.section(name).values()));
  }

  private void section(String name, Section section, JsonObject values) {
    out.append('\n').append(name).append(":\n");
    for (var key : section.keys(values)) {
      line(key.name(), values.value(key.name()), comment(key), "  ");
    }
  }

  private void variants(Variants variants) {
    if (!variants.names().isEmpty()) {
      out.append("\nvariants:\n");
    }
    variants
        .all()
        .forEach((name, changes) -> out.append("  %s: %s\n".formatted(name, named(changes))));
  }

  private static String comment(Key key) {
    boolean named = key.choices().stream().allMatch(key.about()::contains);
    return key.choices().isEmpty() || named
        ? key.about()
        : "%s: %s".formatted(key.about(), String.join(", ", key.choices()));
  }

  private void line(String key, Json value, String comment, String indent) {
    String line = indent + key + ": " + written(value);
    out.append(line);
    if (!comment.isEmpty()) {
      out.append(" ".repeat(Math.max(1, COMMENTS - line.length()))).append("# ").append(comment);
    }
    out.append('\n');
  }

  /// JSON is YAML; but plain words read better without quotes, and some letters must be named.
  private static String written(Json value) {
    return switch (value) {
      case JsonText(String text) when isPlain(text) -> text;
      case JsonArray array -> {
        List<String> elements = new ArrayList<>();
        array.forEach(element -> elements.add(named(element)));
        yield "[" + String.join(", ", elements) + "]";
      }
      default -> named(value);
    };
  }

  private static boolean isPlain(String text) {
    return PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT));
  }

  private static String named(Json value) {
    return UNPRINTABLE
        .matcher(value.toString())
        .replaceAll(letter -> "\\\\u%04x".formatted((int) letter.group().charAt(0)));
  }
}
