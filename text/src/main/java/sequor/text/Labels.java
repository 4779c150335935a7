package sequor.text;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import sequor.json.JsonFile;
import sequor.json.Nearest;

/// Which label has which number: 0, 1, … in the order of [String#compareTo], so that the order of
/// the examples does not matter.
///
/// ```java
/// var labels = Labels.of(List.of("Korean", "Italian", "Korean"));
/// labels.id("Korean");   // 1
/// labels.name(0);        // Italian
/// ```
public final class Labels {
  private static final String FORMAT = "sequor-labels";

  private final List<String> names;
  private final Map<String, Integer> ids;

  private Labels(Collection<String> names) {
    this.names = List.copyOf(names);
    this.ids = HashMap.newHashMap(names.size());
    this.names.forEach(name -> ids.put(name, ids.size()));
    if (ids.size() != this.names.size()) {
      throw new TextException(
          "labels: expected each label once, got %s; leave out what is there twice"
              .formatted(names));
    }
  }

  /// The different ones of `labels`.
  public static Labels of(Iterable<String> labels) {
    var names = new TreeSet<String>();
    labels.forEach(names::add);
    return new Labels(names);
  }

  public int size() {
    return names.size();
  }

  /// The labels in the order of their numbers.
  public List<String> names() {
    return names;
  }

  public String name(int id) {
    if (id < 0 || id >= size()) {
      throw new TextException(
          "labels: expected a number from 0 to %d, got %d; does the model have other labels?"
              .formatted(size() - 1, id));
    }
    return names.get(id);
  }

  /// What a user should know of them: which look the same and are two, as an é of one character and
  /// one of two.
  public List<String> notices() {
    var alike = new TreeMap<String, List<String>>();
    for (var name : names) {
      String one = Normalizer.normalize(name, Normalizer.Form.NFC);
      alike.computeIfAbsent(one, _ -> new ArrayList<>()).add(name);
    }
    return alike.entrySet().stream()
        .filter(each -> each.getValue().size() > 1)
        .map(
            each ->
                "'%s' is %d labels, whose letters are written in different Unicode forms; write one (NFC)"
                    .formatted(each.getKey(), each.getValue().size()))
        .toList();
  }

  /// The number of `label`.
  ///
  /// @throws TextException when there is no such label; the message names the nearest
  public int id(String label) {
    Integer id = ids.get(label);
    if (id == null) {
      throw new TextException("labels: " + Nearest.unknown("label", label, names));
    }
    return id;
  }

  public boolean contains(String label) {
    return ids.containsKey(label);
  }

  /// Writes `labels.json`: either the whole file is there afterwards, or the old one still is.
  ///
  /// @throws sequor.FileException if that fails
  public void save(Path file) {
    new JsonFile(file).write(TextFile.header(FORMAT, 1).with("labels", names));
  }

  /// Reads what [#save] wrote.
  ///
  /// @throws TextException when the file says what cannot be
  /// @throws sequor.FileException when it is missing
  /// @throws sequor.json.JsonException when it is damaged
  public static Labels load(Path file) {
    var json = TextFile.read(file, FORMAT, 1).requireOnly("format", "version", "labels");
    return new Labels(json.texts("labels"));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Labels that && names.equals(that.names);
  }

  @Override
  public int hashCode() {
    return names.hashCode();
  }

  @Override
  public String toString() {
    return "Labels " + names;
  }
}
