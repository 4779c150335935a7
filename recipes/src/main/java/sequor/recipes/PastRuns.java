package sequor.recipes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sequor.json.Json;
import sequor.json.Nearest;
import sequor.settings.SettingsException;
import sequor.store.RunDirectory;
import sequor.tasks.Metric;

/// The runs of a folder, some of them, in some order.
///
/// ```java
/// PastRuns.in(Path.of("runs")).where("model.cell=lstm").sortedBy("accuracy").all();
/// ```
public record PastRuns(List<PastRun> all) {
  public PastRuns {
    all = List.copyOf(all);
  }

  /// The runs in a folder, by name; none if there is no folder.
  public static PastRuns in(Path folder) throws IOException {
    var runs = new ArrayList<PastRun>();
    if (Files.isDirectory(folder)) {
      try (var folders = Files.list(folder)) {
        for (var path : folders.sorted().toList()) {
          var run = new RunDirectory(path);
          if (Files.isRegularFile(run.recipe())) {
            runs.add(PastRun.of(run));
          }
        }
      }
    }
    return new PastRuns(runs);
  }

  /// Those whose recipe has a value.
  ///
  /// @param condition `key=value`, such as `model.cell=lstm`, `task=classify` or `recipe=names`
  /// @throws SettingsException if it is not of that form, or no run has such a key
  public PastRuns where(String condition) {
    int equals = condition.indexOf('=');
    if (equals < 1) {
      throw new SettingsException(
          "--where: expected key=value, such as model.cell=lstm, got '%s'; write it so"
              .formatted(condition));
    }
    String key = condition.substring(0, equals);
    var keys = keys();
    if (!keys.isEmpty() && !keys.contains(key)) {
      throw new SettingsException(
          "--where: %s: no such key in any of these runs; sequor recipe show lists them%s"
              .formatted(key, Nearest.hint(key, keys)));
    }
    String text = condition.substring(equals + 1);
    var value = RecipeText.value(text, "--where");
    return new PastRuns(
        all.stream().filter(run -> is(run.settings().get(key), value, text)).toList());
  }

  /// A text may look like a number.
  private static boolean is(@Nullable Json value, Json wanted, String text) {
    return value != null && (Recipe.isSame(value, wanted) || value.equals(Json.of(text)));
  }

  private Set<String> keys() {
    var keys = new LinkedHashSet<String>();
    all.forEach(run -> keys.addAll(run.settings().keySet()));
    return keys;
  }

  /// The best first, by a metric; those without it last.
  ///
  /// @throws SettingsException if no run has it
  public PastRuns sortedBy(String metric) {
    var kinds = all.stream().flatMap(run -> run.kinds().stream()).toList();
    if (kinds.isEmpty()) {
      return this;
    }
    var names = kinds.stream().map(Metric::name).distinct().toList();
    var kind =
        kinds.stream()
            .filter(each -> each.name().equals(metric))
            .findFirst()
            .orElseThrow(
                () ->
                    new SettingsException(
                        "--sort: expected one of %s, got '%s'%s"
                            .formatted(
                                String.join(", ", names), metric, Nearest.hint(metric, names))));
    var sorted = new ArrayList<>(all);
    sorted.sort(better(kind));
    return new PastRuns(sorted);
  }

  private static Comparator<PastRun> better(Metric kind) {
    return (a, b) -> {
      Double left = a.metrics().get(kind.name());
      Double right = b.metrics().get(kind.name());
      if (left == null || right == null) {
        return Boolean.compare(left == null, right == null);
      }
      return kind.isBetter(left, right) ? -1 : kind.isBetter(right, left) ? 1 : 0;
    };
  }

  /// The settings that some of the runs have other values for, or lack.
  public List<String> differing() {
    var known = all.stream().map(PastRun::settings).filter(some -> !some.isEmpty()).toList();
    return keys().stream()
        .filter(key -> !key.equals("recipe") && differs(key, known)) // that is no setting
        .toList();
  }

  private static boolean differs(String key, List<Map<String, Json>> runs) {
    var first = runs.getFirst().get(key);
    return !runs.stream()
        .map(settings -> settings.get(key))
        .allMatch(value -> first == null ? value == null : Recipe.isSame(first, value));
  }
}
