package sequor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every command of the guide does what it says, chapter after chapter, in one folder that holds
/// the files of the guide; and what a chapter quotes of a program stands in it.
class GuideTest {
  private static final Path GUIDE = Path.of("../docs/guide");
  private static final Pattern LINK = Pattern.compile("\\]\\(([a-z-]+\\.md)\\)");
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  /// The chapters in the order of the first page.
  private static List<Path> chapters() throws IOException {
    return LINK.matcher(Files.readString(GUIDE.resolve("README.md")))
        .results()
        .map(link -> GUIDE.resolve(link.group(1)))
        .toList();
  }

  @Test
  void whatTheGuideShowsRuns() throws Exception {
    var app = App.in(folder.resolve("app"));
    var here = Files.createDirectories(folder.resolve("here"));
    try (var files = Files.list(GUIDE)) {
      for (var file : files.filter(file -> !file.toString().endsWith(".md")).toList()) {
        Files.copy(file, here.resolve(file.getFileName()));
      }
    }
    Files.createSymbolicLink(here.resolve("lib"), app.folder().resolve("lib"));
    int run = 0;
    for (var chapter : chapters()) {
      for (var line : Files.readAllLines(chapter)) {
        var command =
            line.replaceFirst("^\\./sequor ", "sh '" + app.folder() + "/bin/sequor' ")
                .replaceFirst("^java ", "'" + App.JAVA + "/bin/java' ");
        if (!command.equals(line)) {
          run++;
          var shell = List.of("sh", "-c", command);
          var ended = App.end(App.start(here, folder.resolve("cache"), shell));
          assertThat(ended.code()).as(line + "\n" + ended.err()).isZero();
        }
      }
    }
    assertThat(run).isGreaterThan(12);
    assertThat(Files.readString(here.resolve("answered.csv")))
        .startsWith("id,message,team,predicted,probability");
  }

  @Test
  void whatAChapterQuotesOfAProgramStandsInIt() throws IOException {
    var programs = new StringBuilder();
    try (var files = Files.list(GUIDE)) {
      for (var file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
        programs.append(Files.readString(file));
      }
    }
    for (var chapter : chapters()) {
      JAVA.matcher(Files.readString(chapter))
          .results()
          .flatMap(block -> block.group(1).lines())
          .map(String::strip)
          .filter(line -> !line.equals("…") && !line.isEmpty() && !line.contains("Service.class"))
          .forEach(line -> assertThat(programs.toString()).as(chapter.toString()).contains(line));
    }
  }
}
