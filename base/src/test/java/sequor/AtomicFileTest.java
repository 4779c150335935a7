package sequor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir private Path folder;

  @Test
  void writesTextsBytesAndStreams() {
    AtomicFile.write(folder.resolve("text"), "é");
    AtomicFile.write(folder.resolve("bytes"), new byte[] {1, 2});
    AtomicFile.write(
        folder.resolve("new/folder/stream"),
        out -> {
          for (int i = 0; i < 100_000; i++) {
            out.write(i);
          }
        });

    assertThat(folder.resolve("text")).hasContent("é");
    assertThat(folder.resolve("bytes")).hasBinaryContent(new byte[] {1, 2});
    assertThat(folder.resolve("new/folder/stream")).hasSize(100_000);
  }

  @Test
  void replacesAndLeavesNothingBehind() {
    Path file = folder.resolve("file");

    AtomicFile.write(file, "long before");
    AtomicFile.write(file, "after");

    assertThat(file).hasContent("after");
    assertThat(folder).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void aFailureLeavesTheOldFileAndNothingElse() {
    Path file = folder.resolve("file");
    AtomicFile.write(file, "before");

    assertThatExceptionOfType(FileException.class)
        .isThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(1);
                      throw new IOException("disk full");
                    }))
        .withMessage(
            file
                + ": expected to write it, got disk full; "
                + "check the folder, its permissions and the free space");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    _ -> {
                      throw new IllegalStateException();
                    }));

    assertThat(file).hasContent("before");
    assertThat(folder.toFile().list()).containsExactly("file");
  }

  @Test
  void nobodySeesAHalf() {
    Path file = folder.resolve("file");
    AtomicFile.write(file, "before");

    AtomicFile.write(
        file,
        out -> {
          out.write("aft".getBytes(UTF_8));
          out.flush();
          assertThat(file).hasContent("before");
          out.write('e');
          out.write('r');
        });

    assertThat(file).hasContent("after");
  }

  @Test
  void refusesAFolderInTheWay() throws IOException {
    Path inTheWay = folder.resolve("model/config.json");
    Files.createDirectories(inTheWay.resolve("x"));

    assertThatExceptionOfType(FileException.class)
        .isThrownBy(() -> AtomicFile.write(inTheWay, "text"))
        .withMessageContaining("config.json: expected to write it, got ");
    assertThat(folder.resolve("model").toFile().list()).containsExactly("config.json");
  }
}
