package sequor.tasks;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.tensor.Tape;

/// One way to look into a model: heat maps, by layer and by part of a layer.
///
/// @param name by which it is asked for
/// @param about what its numbers are, in a sentence
/// @param parts what its layers have several of
/// @param panels from the bottom layer to the top; of each layer first the one that shows its parts
///   together
public record View(String name, String about, Parts parts, List<Panel> panels) {
  /// Which part stands for all the others.
  public static final String EACH = "all";

  /// What a layer has several of.
  public enum Parts {
    NONE("parts"),
    HEADS("heads"),
    GATES("gates");

    private final String word;

    Parts(String word) {
      this.word = word;
    }
  }

  /// A heat map that is made when it is asked for.
  ///
  /// @param layer from 1 at the bottom; 0 of a view that has none
  /// @param part which head or gate; the first of a layer is all of them together
  public record Panel(int layer, String part, Supplier<HeatMap> map) {}

  /// What is asked of a view.
  ///
  /// @param layer without it the last, or all of a view of gates
  /// @param head a number from 1, `mean`, or `all` for each by itself
  /// @param gate its name, or `all` for each by itself
  public record Choice(OptionalInt layer, Optional<String> head, Optional<String> gate) {
    /// What shows most.
    public static Choice standard() {
      return new Choice(OptionalInt.empty(), Optional.empty(), Optional.empty());
    }
  }

  public View {
    panels = List.copyOf(panels);
  }

  /// A view of one heat map.
  public static View of(String name, String about, Supplier<HeatMap> map) {
    return new View(name, about, Parts.NONE, List.of(new Panel(0, "", map)));
  }

  /// The heat maps that are asked for; one or more.
  ///
  /// @throws TaskException if there is no such layer, head or gate
  public List<HeatMap> maps(Choice choice) {
    refuse("head", choice.head, Parts.HEADS);
    refuse("gate", choice.gate, Parts.GATES);
    if (choice.layer.isPresent() && layers().getLast() == 0) {
      throw without("layer", "layers");
    }
    if (choice.layer.isPresent() && !layers().contains(choice.layer.getAsInt())) {
      throw new TaskException(
          "layer: expected %s of %s, got %d; take one of these"
              .formatted(listed("a layer", layers()), name, choice.layer.getAsInt()));
    }
    int top = layers().getLast();
    String first = panels.getFirst().part;
    String part = choice.head.or(() -> choice.gate).orElse(first);
    if (!part.equals(EACH) && !names().contains(part)) {
      throw new TaskException(
          "%s: expected %s of %s, got '%s'; take one of these, or %s"
              .formatted(
                  parts == Parts.HEADS ? "head" : "gate",
                  listed("one", names()),
                  name,
                  part,
                  EACH));
    }
    return panels.stream()
        .filter(
            panel ->
                choice.layer.isPresent()
                    ? panel.layer == choice.layer.getAsInt()
                    : parts != Parts.HEADS || panel.layer == top)
        .filter(panel -> part.equals(EACH) ? !panel.part.equals(first) : panel.part.equals(part))
        .map(panel -> Tape.inference(panel.map))
        .toList();
  }

  private void refuse(String option, Optional<String> asked, Parts needed) {
    if (asked.isPresent() && parts != needed) {
      throw without(option, needed.word);
    }
  }

  private TaskException without(String option, String needed) {
    return new TaskException(
        "%s: expected a view that has %s, got %s, which does not; name another, or leave it out"
            .formatted(option, needed, name));
  }

  private static String listed(String what, List<?> all) {
    return "%s (%s)".formatted(what, String.join(", ", all.stream().map(String::valueOf).toList()));
  }

  /// Its layers, from 1; only 0 of a view that has none.
  public List<Integer> layers() {
    return panels.stream().map(Panel::layer).distinct().toList();
  }

  /// The names of its parts, that of all together first.
  public List<String> names() {
    return panels.stream().map(Panel::part).distinct().toList();
  }

  public JsonObject json() {
    var json = Json.object().with("name", name).with("about", about);
    if (layers().getFirst() > 0) {
      json = json.with("layers", Json.ofList(layers()));
    }
    return parts == Parts.NONE ? json : json.with(parts.word, names());
  }
}
