package sequor.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import sequor.tensor.Shape;
import sequor.tensor.Tensor;

/// Puts saved numbers into parameters, strictly: a model that is loaded in part is a wrong model.
public final class Weights {
  private Weights() {}

  /// Overwrites parameters with the tensors of the same names. All names and shapes are compared
  /// first: what does not fit changes nothing.
  ///
  /// @param source where the tensors come from, for errors
  /// @throws StoreException naming every missing and every extra tensor, and every one of another
  ///   shape
  public static void load(
      String source, Map<String, Tensor> tensors, Map<String, Tensor> parameters) {
    requireSame(source, shapes(parameters), shapes(tensors));
    for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
      Objects.requireNonNull(parameters.get(tensor.getKey())).assign(tensor.getValue());
    }
  }

  static Map<String, Shape> shapes(Map<String, Tensor> tensors) {
    var shapes = new LinkedHashMap<String, Shape>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return shapes;
  }

  static void requireSame(String source, Map<String, Shape> expected, Map<String, Shape> found) {
    var missing = new ArrayList<String>();
    var other = new ArrayList<String>();
    expected.forEach(
        (name, shape) -> {
          Shape got = found.get(name);
          if (got == null) {
            missing.add(name + " " + shape);
          } else if (!got.equals(shape)) {
            other.add("%s expected %s, got %s".formatted(name, shape, got));
          }
        });
    var extra = new ArrayList<String>();
    found.forEach(
        (name, shape) -> {
          if (!expected.containsKey(name)) {
            extra.add(name + " " + shape);
          }
        });
    var lines = new ArrayList<String>();
    missing.forEach(line -> lines.add("  missing: " + line));
    extra.forEach(line -> lines.add("  extra: " + line));
    other.forEach(line -> lines.add("  other shape: " + line));
    if (lines.isEmpty()) {
      return;
    }
    throw new StoreException(
        source,
        "the model's %d tensors".formatted(expected.size()),
        "%d missing, %d extra, %d of another shape"
            .formatted(missing.size(), extra.size(), other.size()),
        "build the model with the settings it was saved with, or rename the tensors:\n"
            + String.join("\n", lines));
  }
}
