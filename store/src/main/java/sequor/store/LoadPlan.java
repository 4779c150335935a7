package sequor.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import sequor.tensor.Shape;
import sequor.tensor.Tensor;

/// Which tensors go to which parameter: all names, types and shapes are compared before a number is
/// read, and all numbers that must agree before one is written.
///
/// @param source where the tensors come from, for errors
/// @param tensors the names of the tensors that go to each parameter, the first of which is read
/// @param loaded what to tell about it
record LoadPlan(String source, Map<String, List<String>> tensors, Loaded loaded) {
  /// What is known of a tensor before it is read.
  record Found(NumberType type, Shape shape) {
    @Override
    public String toString() {
      return type.isFloat() ? shape.toString() : shape + " of " + type;
    }
  }

  /// What does not fit, by kind.
  private record Misfits(
      List<String> missing, List<String> extra, List<String> shapes, List<String> types) {
    Misfits() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    void check(String source, int parameters) {
      var lines = new ArrayList<String>();
      missing.forEach(line -> lines.add("  missing: " + line));
      extra.forEach(line -> lines.add("  extra: " + line));
      shapes.forEach(line -> lines.add("  other shape: " + line));
      types.forEach(line -> lines.add("  other type: " + line));
      if (!lines.isEmpty()) {
        var counts =
            "%d missing, %d extra, %d of another shape"
                .formatted(missing.size(), extra.size(), shapes.size());
        throw new StoreException(
            source,
            "the model's %d tensors".formatted(parameters),
            types.isEmpty() ? counts : counts + ", %d of another type".formatted(types.size()),
            "build the model with the settings it was saved with, or rename the tensors:\n"
                + String.join("\n", lines));
      }
    }
  }

  /// @param noted names that a file knows but has no tensor of, each with that of the same numbers
  /// @throws StoreException naming all that does not fit
  static LoadPlan of(
      String source,
      Map<String, Tensor> parameters,
      Map<String, Found> found,
      Map<String, String> noted,
      NameMap names) {
    var tensors = new LinkedHashMap<String, List<String>>();
    var ignored = new ArrayList<String>();
    var misfits = new Misfits();
    var tried = new TreeSet<String>();
    found.forEach(
        (name, tensor) -> {
          var target = names.parameter(name).orElse("");
          var parameter = parameters.get(target);
          if (target.isEmpty() || (parameter == null && tensor.type.isWhole())) {
            ignored.add(name);
          } else if (parameter == null) {
            misfits.extra.add(renamed(name, tensor, target));
          } else if (fits(name, tensor, target, parameter, misfits)) {
            tensors.computeIfAbsent(target, key -> new ArrayList<>()).add(name);
          }
          tried.add(target);
        });
    noted.forEach(
        (alias, name) -> {
          var target = names.parameter(alias).orElse("");
          var parameter = parameters.get(target);
          var tensor = found.get(name);
          if (parameter != null && tensor != null && tried.add(target)) {
            if (fits(name, tensor, target, parameter, misfits)) {
              tensors.put(target, List.of(name));
            }
          }
        });
    var missing = new ArrayList<String>();
    parameters.forEach(
        (name, parameter) -> {
          if (tried.contains(name)) {
            return;
          }
          if (names.mayBeMissing(name)) {
            missing.add(name);
          } else {
            misfits.missing.add(name + " " + parameter.shape());
          }
        });
    misfits.check(source, parameters.size());
    return new LoadPlan(source, tensors, new Loaded(missing, ignored));
  }

  private static boolean fits(
      String name, Found tensor, String target, Tensor parameter, Misfits misfits) {
    var which = name.equals(target) ? "" : " of " + name;
    if (!tensor.type.isFloat()) {
      misfits.types.add("%s expected floats, got %s%s".formatted(target, tensor.type, which));
      return false;
    }
    if (!tensor.shape.equals(parameter.shape())) {
      misfits.shapes.add(
          "%s expected %s, got %s%s".formatted(target, parameter.shape(), tensor.shape, which));
      return false;
    }
    return true;
  }

  private static String renamed(String name, Found tensor, String target) {
    return name + " " + tensor + (name.equals(target) ? "" : " → " + target);
  }

  /// Overwrites the parameters, when all numbers are read.
  ///
  /// @param read gives a tensor's numbers
  /// @throws StoreException if tensors that go to one parameter differ, or cannot be read; then
  ///   nothing is changed
  Loaded load(Map<String, Tensor> parameters, Function<String, float[]> read) {
    var numbers = new LinkedHashMap<String, float[]>();
    tensors.forEach(
        (parameter, from) -> {
          float[] first = read.apply(from.getFirst());
          from.stream().skip(1).forEach(name -> requireSame(parameter, from, first, name, read));
          numbers.put(parameter, first);
        });
    numbers.forEach((name, each) -> Objects.requireNonNull(parameters.get(name)).assign(each));
    return loaded;
  }

  private void requireSame(
      String parameter,
      List<String> from,
      float[] first,
      String name,
      Function<String, float[]> read) {
    float[] other = read.apply(name);
    int at = Arrays.mismatch(first, other);
    if (at >= 0) {
      throw new StoreException(
          source,
          "the same numbers in %s and %s, which both go to %s"
              .formatted(from.getFirst(), name, parameter),
          "%s and %s at place %d".formatted(first[at], other[at], at),
          "build the model with weights of their own for both, or ignore one of them");
    }
  }
}
