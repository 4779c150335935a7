package sequor.nn;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import sequor.tensor.Tensor;

/// The named parts of a module: parameters and other modules, in order.
///
/// ```java
/// return Parts.of("weight", weight).and("bias", bias);
/// ```
public final class Parts {
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final Map<String, NnModule> modules = new LinkedHashMap<>();

  private Parts() {}

  /// Nothing to learn.
  public static Parts none() {
    return new Parts();
  }

  public static Parts of(String name, Tensor parameter) {
    return none().and(name, parameter);
  }

  public static Parts of(String name, NnModule module) {
    return none().and(name, module);
  }

  /// Modules whose names are `0`, `1`, …
  public static Parts numbered(List<? extends NnModule> modules) {
    var parts = none();
    for (int i = 0; i < modules.size(); i++) {
      parts.and(String.valueOf(i), modules.get(i));
    }
    return parts;
  }

  /// Adds a parameter.
  public Parts and(String name, Tensor parameter) {
    checkNew(name);
    parameters.put(name, parameter);
    return this;
  }

  /// Adds a module.
  public Parts and(String name, NnModule module) {
    checkNew(name);
    modules.put(name, module);
    return this;
  }

  /// Adds all parts of another module as if they were this one's own.
  public Parts and(Parts others) {
    others.parameters.forEach(this::and);
    others.modules.forEach(this::and);
    return this;
  }

  private void checkNew(String name) {
    if (name.isEmpty() || name.contains(".")) {
      throw new NnException(
          "parts: a name must not be empty or hold a dot, got '%s'".formatted(name));
    }
    if (parameters.containsKey(name) || modules.containsKey(name)) {
      throw new NnException(
          "parts: '%s' is there already; give each part a name of its own".formatted(name));
    }
  }

  /// The module's own parameters.
  public Map<String, Tensor> parameters() {
    return Collections.unmodifiableMap(parameters);
  }

  /// The modules inside.
  public Map<String, NnModule> modules() {
    return Collections.unmodifiableMap(modules);
  }

  /// Own parameters first, then those of the modules inside, each shared one once.
  Map<String, Tensor> flattened() {
    var all = new LinkedHashMap<String, Tensor>();
    visit("", new IdentityHashMap<>(), all::put, (alias, name) -> {});
    return all;
  }

  /// The parameters of a module whose name is chosen, one at least.
  static List<Tensor> chosen(NnModule module, String what, Predicate<String> names) {
    var all = module.parameters();
    var chosen =
        all.entrySet().stream()
            .filter(each -> names.test(each.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    if (chosen.isEmpty()) {
      throw new NnException(
          "%s: no parameter is chosen; choose some of %s".formatted(what, all.keySet()));
    }
    return chosen;
  }

  /// The other names of shared parameters, each with the name that [#flattened] has for it.
  Map<String, String> aliases() {
    var all = new LinkedHashMap<String, String>();
    visit("", new IdentityHashMap<>(), (name, parameter) -> {}, all::put);
    return all;
  }

  private void visit(
      String prefix,
      Map<Tensor, String> names,
      BiConsumer<String, Tensor> first,
      BiConsumer<String, String> again) {
    parameters.forEach(
        (name, parameter) -> {
          var known = names.putIfAbsent(parameter, prefix + name);
          if (known == null) {
            first.accept(prefix + name, parameter);
          } else {
            again.accept(prefix + name, known);
          }
        });
    modules.forEach((name, m) -> m.parts().visit(prefix + name + ".", names, first, again));
  }
}
