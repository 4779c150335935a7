package sequor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.FileException;

/// One training a folder; between two processes, the tests of the command line show it.
class RunLockTest {
  @TempDir private Path folder;

  @Test
  void whatIsTakenIsFreeAgainWhenItIsGivenBack() throws IOException {
    var run = new RunDirectory(folder.resolve("a/b"));

    for (int i = 0; i < 2; i++) {
      try (var _ = run.lock()) {
        assertThat(run.isEmpty()).isTrue();
        assertThatExceptionOfType(StoreException.class)
            .isThrownBy(run::lock)
            .withMessage(
                run.path()
                    + ": expected a run that nobody trains, got one that another process trains;"
                    + " wait for it, or train into another folder");
        run.deleteIfEmpty();
        assertThat(run.path()).isDirectory();
      }
    }
    assertThat(run.path()).isEmptyDirectory();
    Files.writeString(run.path().resolve(RunLock.NAME), "of a process that was killed");
    run.lock().close();
    run.deleteIfEmpty();
    assertThat(run.path()).doesNotExist();
  }

  @Test
  void whatCannotBeWrittenIsSaid() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "");

    assertThatExceptionOfType(FileException.class)
        .isThrownBy(() -> new RunDirectory(file.resolve("run")).lock())
        .withMessageContaining("expected to write it");
  }
}
