package sequor.house;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static sequor.house.Repository.ROOT;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Which room may know which. The compiler holds the rooms to their descriptors; this holds the
/// descriptors to the plan, and ARCHITECTURE.md to both.
class RoomsTest {
  private static final int MOST_LINES = 400;
  private static final Pattern REQUIRES =
      Pattern.compile("requires (?:static |transitive )*([\\w.]+);");
  private static final Pattern EXPORTS = Pattern.compile("exports ([\\w.]+)");

  private static final Set<String> LIBRARY_FREE =
      Set.of(
          "base",
          "json",
          "kernels",
          "kernels-vector",
          "tensor",
          "nn",
          "store",
          "train",
          "settings",
          "text",
          "vectors",
          "models",
          "charts",
          "tasks");

  /// Which rooms a room's classes may name. What it may not name it may still be able to read,
  /// where a room that it names gives its types away.
  private static final Map<String, Set<String>> MAY_KNOW =
      Map.ofEntries(
          entry("base", Set.of()),
          entry("json", Set.of("base")),
          entry("kernels", Set.of("base")),
          entry("kernels-vector", Set.of("base", "kernels")),
          entry("tensor", Set.of("base", "kernels")),
          entry("testkit", Set.of("base", "kernels", "tensor")),
          entry("nn", Set.of("base", "kernels", "tensor")),
          entry("store", Set.of("base", "json", "tensor")),
          entry("train", Set.of("base", "json", "kernels", "nn", "store", "tensor")),
          entry("settings", Set.of("base", "json")),
          entry("text", Set.of("base", "json", "settings")),
          entry("text-lucene", Set.of("base", "json", "settings", "text")),
          entry("vectors", Set.of("base", "kernels", "settings")),
          entry("data", Set.of("base", "json", "settings", "text")),
          entry("models", Set.of("base", "nn", "settings", "tensor")),
          entry("charts", Set.of()),
          entry(
              "tasks",
              Set.of(
                  "base",
                  "data",
                  "json",
                  "kernels", // a learner of word vectors has no tape
                  "models",
                  "nn",
                  "settings",
                  "store",
                  "tensor",
                  "text",
                  "train",
                  "vectors")),
          entry(
              "recipes",
              Set.of(
                  "base",
                  "charts",
                  "data",
                  "json",
                  "kernels",
                  "settings",
                  "store",
                  "tasks",
                  "train")),
          entry("speed", Set.of("base", "kernels", "nn", "tensor", "train")),
          entry(
              "cli",
              Set.of(
                  "base",
                  "data",
                  "json",
                  "recipes",
                  "settings",
                  "speed",
                  "tasks",
                  "train",
                  "vectors")),
          entry(
              "toy",
              Set.of(
                  "base",
                  "data",
                  "json",
                  "models",
                  "nn",
                  "settings",
                  "store",
                  "tasks",
                  "tensor",
                  "text",
                  "train")),
          entry(
              "examples",
              Set.of(
                  "base",
                  "charts",
                  "data",
                  "kernels",
                  "models",
                  "nn",
                  "settings",
                  "store",
                  "tasks",
                  "tensor",
                  "text",
                  "train")));

  private static final Map<String, Set<String>> REQUIRED = required();

  @Test
  void everyRoomRequiresOnlyWhatThePlanAllows() {
    REQUIRED.forEach(
        (room, required) ->
            assertThat(rooms(required))
                .as("rooms that %s requires", room)
                .isSubsetOf(MAY_KNOW.getOrDefault(room, Set.of())));
  }

  /// A descriptor lets a room read whatever the rooms that it requires give away; this reads which
  /// classes are really named.
  @Test
  void everyRoomNamesOnlyWhatThePlanAllows() throws IOException {
    for (var room : MAY_KNOW.entrySet()) {
      var classes = ROOT.resolve(room.getKey()).resolve("target/classes");
      assertThat(classes).as("the classes of %s", room.getKey()).isDirectory();
      try (var files = Files.walk(classes)) {
        for (var file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
          var named = new TreeSet<>(named(file));
          named.remove(room.getKey());
          assertThat(named).as("rooms that %s names", file).isSubsetOf(room.getValue());
        }
      }
    }
  }

  /// The rooms whose classes are in the constant pool of a class.
  private static Set<String> named(Path file) throws IOException {
    var rooms = new TreeSet<String>();
    if (file.endsWith("module-info.class")) {
      return rooms;
    }
    for (var entry : ClassFile.of().parse(file).constantPool()) {
      if (entry instanceof ClassEntry named && !named.asInternalName().startsWith("[")) {
        room(named.asInternalName()).ifPresent(rooms::add);
      }
    }
    return rooms;
  }

  private static Optional<String> room(String name) {
    if (!name.startsWith("sequor/")) {
      return Optional.empty();
    }
    if (name.startsWith("sequor/kernels/vector/")) {
      return Optional.of("kernels-vector");
    }
    if (name.startsWith("sequor/text/lucene/")) {
      return Optional.of("text-lucene");
    }
    int end = name.indexOf('/', "sequor/".length());
    return Optional.of(end < 0 ? "base" : name.substring("sequor/".length(), end));
  }

  @Test
  void tasksDoNotSeeEachOther() throws IOException {
    var tasks = ROOT.resolve("tasks/target/classes/sequor/tasks");
    try (var files = Files.walk(tasks)) {
      for (var file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        var own = String.valueOf(tasks.relativize(file).getName(0));
        for (var entry : ClassFile.of().parse(file).constantPool()) {
          if (entry instanceof ClassEntry named
              && named.asInternalName().matches("sequor/tasks/\\w+/.*")) {
            assertThat(named.asInternalName()).as("named by %s", file).contains("/" + own + "/");
          }
        }
      }
    }
  }

  @Test
  void theCoreUsesNoLibrary() {
    for (var room : LIBRARY_FREE) {
      assertThat(REQUIRED.get(room))
          .as("modules that %s requires", room)
          .allMatch(
              module ->
                  module.startsWith("sequor.")
                      || module.equals("org.jspecify") // annotations, not there at run time
                      || module.equals("jdk.incubator.vector"));
    }
  }

  @Test
  void onlyOneRoomKnowsTheVectorApi() {
    assertThat(REQUIRED)
        .allSatisfy(
            (room, required) ->
                assertThat(required.contains("jdk.incubator.vector"))
                    .as(room)
                    .isEqualTo(room.equals("kernels-vector")));
  }

  @Test
  void everyRoomExportsOnePackageAndTasksOneMoreEach() {
    for (var room : REQUIRED.keySet()) {
      if (room.equals("tasks")) {
        continue; // the contracts, and a package a task
      }
      var exported = EXPORTS.matcher(Repository.text(descriptor(ROOT.resolve(room)))).results();
      assertThat(exported.count()).as("packages that %s exports", room).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void noMainSourceIsLong() {
    for (var room : Repository.rooms()) {
      for (var file : Repository.javaFiles(room.resolve("src/main"))) {
        assertThat(Repository.text(file).lines().count())
            .as("lines of %s; split it by idea", ROOT.relativize(file))
            .isLessThanOrEqualTo(MOST_LINES);
      }
    }
  }

  @Test
  void architectureShowsThePicture() {
    assertThat(Repository.text(ROOT.resolve("ARCHITECTURE.md"))).contains(picture());
  }

  /// One line a room: what it knows.
  private static String picture() {
    return REQUIRED.entrySet().stream()
        .map(room -> "%-15s → %s".formatted(room.getKey(), knows(room.getValue())).stripTrailing())
        .collect(Collectors.joining("\n"));
  }

  private static String knows(Set<String> required) {
    var rooms = rooms(required);
    return rooms.isEmpty() ? "–" : String.join(", ", rooms);
  }

  private static Set<String> rooms(Set<String> required) {
    return required.stream()
        .filter(module -> module.startsWith("sequor."))
        .map(module -> module.substring("sequor.".length()).replace('.', '-'))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, Set<String>> required() {
    var all = new TreeMap<String, Set<String>>();
    for (var room : Repository.rooms()) {
      var descriptor = descriptor(room);
      if (Files.exists(descriptor)) {
        all.put(
            room.getFileName().toString(),
            REQUIRES
                .matcher(Repository.text(descriptor))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet()));
      }
    }
    return all;
  }

  private static Path descriptor(Path room) {
    return room.resolve("src/main/java/module-info.java");
  }
}
