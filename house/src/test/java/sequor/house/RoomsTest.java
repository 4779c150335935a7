package sequor.house;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static sequor.house.Repository.ROOT;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
      Set.of("base", "json", "kernels", "kernels-vector", "tensor", "nn", "store", "train");

  private static final Map<String, Set<String>> MAY_KNOW =
      Map.ofEntries(
          entry("base", Set.of()),
          entry("json", Set.of("base")),
          entry("kernels", Set.of("base")),
          entry("kernels-vector", Set.of("kernels")),
          entry("tensor", Set.of("kernels")),
          entry("testkit", Set.of("tensor")),
          entry("nn", Set.of("tensor")),
          entry("store", Set.of("tensor", "json")),
          entry("train", Set.of("nn", "store")),
          entry("text", Set.of("json")),
          entry("recipes", Set.of("train", "text", "store")),
          entry("speed", Set.of("train")),
          entry("cli", Set.of("recipes", "speed", "json", "kernels")),
          entry("examples", Set.of("recipes")));

  private static final Map<String, Set<String>> REQUIRED = required();

  @Test
  void everyRoomKnowsOnlyWhatThePlanAllows() {
    REQUIRED.forEach(
        (room, required) ->
            assertThat(rooms(required))
                .as("rooms that %s knows", room)
                .isSubsetOf(MAY_KNOW.getOrDefault(room, Set.of())));
  }

  @Test
  void theCommandLineSeesNoLayerAndNoTensor() {
    for (var file : Repository.javaFiles(ROOT.resolve("cli/src/main"))) {
      assertThat(Repository.text(file)).doesNotContain("import sequor.nn", "import sequor.tensor");
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
  void everyRoomExportsOnePackage() {
    for (var room : REQUIRED.keySet()) {
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
