package sequor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every command that the README shows does what it says, in the order in which a reader would type
/// them; trainings take one epoch here.
class ReadmeCommandsTest {
  @TempDir Path folder;

  private static List<String> commands() throws IOException {
    try (var lines = Files.lines(Path.of("../README.md"))) {
      return lines.filter(line -> line.startsWith("./sequor ")).toList();
    }
  }

  @Test
  void whatTheReadmeShowsRuns() throws Exception {
    var app = App.in(folder.resolve("app"));
    var here = Files.createDirectories(folder.resolve("here"));
    Files.writeString(
        here.resolve("sequor"),
        """
        if [ "$1" = train ]; then set -- "$@" --set training.epochs=1; fi
        exec sh '%s' "$@"
        """
            .formatted(app.folder().resolve("bin/sequor")));
    assertThat(here.resolve("sequor").toFile().setExecutable(true)).isTrue();
    var reviews = new StringBuilder("review,stars\n");
    for (int i = 0; i < 30; i++) {
      reviews.append("a fine film %d,5\na dull plot %d,1\n".formatted(i, i));
    }
    Files.writeString(here.resolve("reviews.csv"), reviews);
    Files.writeString(here.resolve("new.csv"), "id,review\n7,a fine plot\n");

    var commands = commands();
    assertThat(commands).hasSizeGreaterThan(5);
    for (var command : commands) {
      var shell = List.of("sh", "-c", command.replaceFirst("^./sequor", "sh ./sequor"));
      var ended = App.end(App.start(here, folder.resolve("cache"), shell));
      assertThat(ended.code()).as(command + "\n" + ended.err()).isZero();
      assertThat(ended.out().isEmpty()).as(command).isEqualTo(command.contains("--out"));
    }
    assertThat(here.resolve("runs/names/model/config.json")).exists();
    assertThat(Files.readString(here.resolve("answered.csv"))).startsWith("id,review,predicted");
  }
}
