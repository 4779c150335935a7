package sequor.recipes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import sequor.json.Json;
import sequor.json.JsonException;
import sequor.json.JsonObject;
import sequor.settings.SettingsException;

/// The YAML of recipes as JSON values, with the line of every value.
///
/// It is YAML 1.2 without what a recipe has no use for: `no` and `yes` are words, `010` is ten, and
/// anchors, aliases and tags are refused.
final class RecipeText {
  /// What was read: the values, and for each dotted path the place it was written at.
  record Tree(JsonObject values, Map<String, String> places) {}

  private static final int MOST = 1 << 20; // characters
  private static final LoadSettings YAML =
      LoadSettings.builder()
          .setSchema(new Plain())
          .setAllowDuplicateKeys(true) // they and other keys are refused below, with their line
          .setAllowNonScalarKeys(true)
          .setCodePointLimit(MOST)
          .build();
  private static final Pattern JSON_NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d+)?");
  private static final int LONGEST_SHOWN = 80;

  /// YAML 1.2 has no merge key `<<`, which the library reads all the same.
  private static final class Plain extends CoreSchema {
    @Override
    public ScalarResolver getScalarResolver() {
      return new CoreScalarResolver(false);
    }
  }

  private final String source;
  private final Map<String, String> places = new LinkedHashMap<>();

  private RecipeText(String source) {
    this.source = source;
  }

  /// @throws SettingsException if this is not YAML, or not made of maps, lists and plain values
  static Tree read(String yaml, String source) {
    var reader = new RecipeText(source);
    if (!(reader.compose(yaml).orElse(null) instanceof MappingNode mapping)) {
      throw new SettingsException(
          "%s: expected keys with values, such as 'task: classify', got none; write some"
              .formatted(source));
    }
    return new Tree(reader.map(mapping, ""), reader.places);
  }

  /// One value as YAML would read it: `3`, `true`, `lstm`, `[0.8, 0.1, 0.1]`.
  ///
  /// @param source what errors call it, without a line
  /// @throws SettingsException if this is no value
  static Json value(String yaml, String source) {
    var reader = new RecipeText(source);
    try {
      return reader.compose(yaml).map(node -> reader.value(node, "")).orElse(Json.of(""));
    } catch (SettingsException e) {
      throw new SettingsException(
          "%s: expected a value as in YAML, got '%s'; put it in quotes"
              .formatted(source, shortened(yaml)),
          e);
    }
  }

  private Optional<Node> compose(String yaml) {
    if (yaml.length() > MOST) {
      throw new SettingsException(
          "%s: expected a recipe of at most %,d characters, got %,d; is it the right file?"
              .formatted(source, MOST, yaml.length()));
    }
    try {
      return new Composer(YAML, new PlainParser(YAML, yaml, source)).getSingleNode();
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new SettingsException(
          "%s:%d: expected YAML, got %s; mend that line".formatted(source, line, fault(e)), e);
    } catch (YamlEngineException e) {
      throw new SettingsException(
          "%s: expected YAML, got %s; mend the file"
              .formatted(source, shortened(String.valueOf(e.getMessage()))),
          e);
    }
  }

  /// What the library says, where people have no better word for it.
  private static String fault(MarkedYamlEngineException e) {
    String problem = String.valueOf(e.getProblem());
    return problem.contains("'\\t(TAB)'")
        ? "a tab, where only spaces indent"
        : "a fault (%s)".formatted(shortened(problem));
  }

  private static String shortened(String text) {
    return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
  }

  private JsonObject map(MappingNode node, String path) {
    var map = new LinkedHashMap<String, Json>();
    for (var tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw wrong(tuple.getKeyNode(), "a plain key", "something else");
      }
      String name = key.getValue();
      String full = path.isEmpty() ? name : path + "." + name;
      places.put(full, place(key));
      if (map.put(name, value(tuple.getValueNode(), full)) != null) {
        throw wrong(key, "each key once", "'" + name + "' again");
      }
    }
    try {
      return Json.ofMap(map);
    } catch (JsonException e) {
      throw wrong(node, "texts of whole characters", "half of one");
    }
  }

  private Json value(Node node, String path) {
    return switch (node) {
      case MappingNode mapping -> map(mapping, path);
      case SequenceNode sequence -> {
        List<Json> list = new ArrayList<>();
        for (var element : sequence.getValue()) {
          list.add(value(element, path));
        }
        yield Json.ofList(list);
      }
      case ScalarNode scalar -> scalar(scalar);
      default -> throw wrong(node, "a value", "something else");
    };
  }

  private Json scalar(ScalarNode node) {
    String text = node.getValue();
    if (node.getTag().equals(Tag.NULL)) {
      return Json.of(""); // nothing, ~ and null
    }
    if (node.getScalarStyle() != ScalarStyle.PLAIN) {
      return Json.of(text);
    }
    if (node.getTag().equals(Tag.BOOL)) {
      return Json.of(Boolean.parseBoolean(text));
    }
    boolean whole = node.getTag().equals(Tag.INT);
    return whole || node.getTag().equals(Tag.FLOAT) ? number(text, whole) : Json.of(text);
  }

  /// As it is written, where JSON can: a column may be called 1.50.
  private static Json number(String text, boolean whole) {
    try {
      double number = whole ? Long.parseLong(text) : Double.parseDouble(text);
      if (!Double.isFinite(number)) {
        return Json.of(text); // 1e999
      }
      if (JSON_NUMBER.matcher(text).matches()) {
        return Json.parse(text);
      }
      return whole ? Json.of(Long.parseLong(text)) : Json.of(number);
    } catch (NumberFormatException e) {
      return Json.of(text); // 0x1F, .nan, and what is larger than any number
    }
  }

  private SettingsException wrong(Node node, String expected, String got) {
    return new SettingsException(
        "%s: expected %s, got %s; mend that line".formatted(place(node), expected, got));
  }

  private String place(Node node) {
    return source + ":" + node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }
}
