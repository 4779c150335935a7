package sequor.recipes;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/// The YAML of recipes as a tree of maps, lists and plain values, with the line of every value.
final class RecipeText {
  /// What was read: the tree, and for each dotted path the place it was written at.
  record Tree(Map<String, Object> values, Map<String, String> places) {
    String place(String path) {
      return places.getOrDefault(path, path);
    }
  }

  private final String source;
  private final Map<String, String> places = new LinkedHashMap<>();

  private RecipeText(String source) {
    this.source = source;
  }

  /// @throws RecipeException if this is not YAML, or not made of maps, lists and plain values
  static Tree read(String yaml, String source) {
    var reader = new RecipeText(source);
    var root = reader.compose(yaml);
    if (!(root instanceof MappingNode mapping)) {
      throw new RecipeException(
          "%s: expected keys with values, such as 'task: classify', found none".formatted(source));
    }
    return new Tree(reader.map(mapping, ""), reader.places);
  }

  /// One value as YAML would read it: `3`, `true`, `lstm`, `[0.8, 0.1, 0.1]`.
  ///
  /// @param source what errors call it, without a line
  static Object value(String yaml, String source) {
    var reader = new RecipeText(source);
    try {
      var node = reader.compose(yaml);
      return node == null ? "" : reader.value(node, "");
    } catch (RecipeException e) {
      throw new RecipeException(
          "%s: expected a value as in YAML, found '%s'; put it in quotes"
              .formatted(source, yaml.length() > 80 ? yaml.substring(0, 80) + "…" : yaml),
          e);
    }
  }

  /// The tree as YAML, in its order.
  static String write(Map<String, Object> values) {
    var options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setSplitLines(false);
    return new Yaml(new Representer(options), options).dump(values);
  }

  private @org.jspecify.annotations.Nullable Node compose(String yaml) {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(16);
    options.setCodePointLimit(1 << 20);
    try {
      return new Yaml(new SafeConstructor(options)).compose(new StringReader(yaml));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      String context = e.getContext() == null ? "" : e.getContext() + ", ";
      throw new RecipeException(
          "%s:%d: expected YAML, found a fault: %s%s; mend that line"
              .formatted(source, line, context, e.getProblem()),
          e);
    } catch (YAMLException e) {
      throw new RecipeException(
          "%s: expected YAML, found a fault: %s; mend the file".formatted(source, e.getMessage()),
          e);
    }
  }

  private Map<String, Object> map(MappingNode node, String path) {
    var map = new LinkedHashMap<String, Object>();
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
    return map;
  }

  private Object value(Node node, String path) {
    return switch (node) {
      case MappingNode mapping -> map(mapping, path);
      case SequenceNode sequence -> {
        List<Object> list = new ArrayList<>();
        for (var element : sequence.getValue()) {
          list.add(value(element, path));
        }
        yield list;
      }
      case ScalarNode scalar -> scalar(scalar);
      default -> throw wrong(node, "a value", "an anchor or alias");
    };
  }

  private Object scalar(ScalarNode node) {
    String text = node.getValue();
    if (node.getTag().equals(Tag.NULL)) {
      return ""; // nothing, ~ and null
    }
    try {
      if (node.getTag().equals(Tag.INT)) {
        return Long.parseLong(text.replace("_", ""));
      }
      if (node.getTag().equals(Tag.FLOAT)) {
        return Double.parseDouble(text.replace("_", ""));
      }
    } catch (NumberFormatException e) {
      return text; // 12:30 and 0x1F are numbers of YAML 1.1 alone
    }
    if (node.getTag().equals(Tag.BOOL)) {
      return switch (text) {
        case "true" -> true;
        case "false" -> false;
        default -> text; // yes, no, on, off: words here, as in YAML 1.2
      };
    }
    return looksLikeNumber(node) ? Double.parseDouble(text) : text;
  }

  /// YAML 1.1 takes `1e-3` for a text; people who write recipes mean the number.
  private static boolean looksLikeNumber(ScalarNode node) {
    return node.isPlain() && node.getValue().matches("[-+]?[0-9]+(\\.[0-9]*)?[eE][-+]?[0-9]+");
  }

  private RecipeException wrong(Node node, String expected, String found) {
    return new RecipeException(
        "%s: expected %s, found %s; mend that line".formatted(place(node), expected, found));
  }

  private String place(Node node) {
    return source + ":" + (node.getStartMark().getLine() + 1);
  }
}
