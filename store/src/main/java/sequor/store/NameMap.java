package sequor.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// How the names of the tensors in a file become those of a model's parameters.
///
/// ```java
/// var names =
///     NameMap.identity()
///         .dropPrefix("bert.")
///         .replace("LayerNorm\\.gamma$", "LayerNorm.weight")
///         .replace("LayerNorm\\.beta$", "LayerNorm.bias")
///         .rename("cls.predictions.bias", "decoder.bias")
///         .ignore(name -> name.startsWith("cls."))
///         .aliases(model.aliases());
/// file.loadInto(model.parameters(), names);
/// ```
///
/// Each rule sees the names as the rules before it made them. All that is not ignored must go to a
/// parameter, and every parameter must get its numbers, unless it [may be missing][#allowMissing].
/// Several tensors may go to one parameter, as those of tied weights do; then their numbers must be
/// the same to the bit.
///
/// A map of names is immutable: each method gives a new one.
public final class NameMap {
  /// Makes a name of a name; empty if its tensor is ignored.
  private interface Rule {
    Optional<String> apply(String name);
  }

  private static final NameMap IDENTITY = new NameMap(List.of(), Map.of(), name -> false);

  private final List<Rule> rules;
  private final Map<String, String> aliases;
  private final Predicate<String> mayBeMissing;

  private NameMap(List<Rule> rules, Map<String, String> aliases, Predicate<String> mayBeMissing) {
    this.rules = List.copyOf(rules);
    this.aliases = Map.copyOf(aliases);
    this.mayBeMissing = mayBeMissing;
  }

  /// The names in the file are those of the parameters.
  public static NameMap identity() {
    return IDENTITY;
  }

  /// Drops a prefix from the names that have it.
  public NameMap dropPrefix(String prefix) {
    return renaming(name -> name.startsWith(prefix) ? name.substring(prefix.length()) : name);
  }

  /// Adds a prefix to all names, as for a file that holds only one part of the model.
  public NameMap addPrefix(String prefix) {
    return renaming(name -> prefix + name);
  }

  /// Gives one tensor another name.
  public NameMap rename(String from, String to) {
    return renaming(name -> name.equals(from) ? to : name);
  }

  /// Replaces every match of a regular expression, as [String#replaceAll] does: `$1` in the
  /// replacement is the first group.
  public NameMap replace(String regex, String replacement) {
    try {
      var pattern = Pattern.compile(regex);
      return renaming(name -> replaced(pattern, name, replacement));
    } catch (PatternSyntaxException e) {
      throw new StoreException(
          "names",
          "a regular expression",
          "'%s'".formatted(regex),
          "look at " + e.getDescription());
    }
  }

  private static String replaced(Pattern pattern, String name, String replacement) {
    try {
      return pattern.matcher(name).replaceAll(replacement);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new StoreException(
          "names",
          "a replacement for '%s'".formatted(pattern),
          "'%s'".formatted(replacement),
          "name groups that it has, and write \\$ for a dollar");
    }
  }

  private NameMap renaming(UnaryOperator<String> rule) {
    return with(name -> Optional.of(rule.apply(name)));
  }

  /// Leaves these tensors out.
  public NameMap ignore(String... names) {
    var ignored = List.of(names);
    return ignore(ignored::contains);
  }

  /// Leaves the tensors whose name is chosen out.
  public NameMap ignore(Predicate<String> names) {
    return with(name -> names.test(name) ? Optional.empty() : Optional.of(name));
  }

  private NameMap with(Rule rule) {
    var more = new ArrayList<>(rules);
    more.add(rule);
    return new NameMap(more, aliases, mayBeMissing);
  }

  /// Lets the file miss the parameters whose name is chosen, as the head of a model that is to be
  /// fine-tuned; they keep their numbers.
  public NameMap allowMissing(Predicate<String> parameters) {
    return new NameMap(rules, aliases, mayBeMissing.or(parameters));
  }

  /// Other names of shared parameters, each with the name that the parameter has: what a module's
  /// `aliases()` gives. They come after all rules.
  public NameMap aliases(Map<String, String> others) {
    var all = new LinkedHashMap<>(aliases);
    all.putAll(others);
    return new NameMap(rules, all, mayBeMissing);
  }

  /// The parameter that a tensor goes to; empty if it is ignored.
  Optional<String> parameter(String tensor) {
    var name = Optional.of(tensor);
    for (var rule : rules) {
      name = name.flatMap(rule::apply);
    }
    return name.map(found -> aliases.getOrDefault(found, found));
  }

  boolean mayBeMissing(String parameter) {
    return mayBeMissing.test(parameter);
  }
}
