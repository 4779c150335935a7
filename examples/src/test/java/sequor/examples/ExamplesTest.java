package sequor.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// No example without a line in the README and a test.
class ExamplesTest {
  private static final Path MAIN = Path.of("src/main/java/sequor/examples");
  private static final Path TESTS = Path.of("src/test/java/sequor/examples");

  @Test
  void everyExampleIsInTheReadmeAndHasATest() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    assertThat(examples())
        .hasSizeGreaterThan(12)
        .allSatisfy(name -> assertThat(readme).contains("| [" + name + "](" + MAIN))
        .allSatisfy(name -> assertThat(TESTS.resolve(name + "Test.java")).exists());
  }

  private static List<String> examples() throws IOException {
    try (var files = Files.list(MAIN)) {
      return files
          .filter(ExamplesTest::isProgram)
          .map(file -> file.getFileName().toString().replace(".java", ""))
          .toList();
    }
  }

  private static boolean isProgram(Path file) {
    try {
      return Files.readString(file).contains("static void main");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
