package sequor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FileExceptionTest {
  @Test
  void whatTheSystemSaysIsSaidInWords() {
    assertThat(FileException.reason(new NoSuchFileException("a"))).isEqualTo("no such file");
    assertThat(FileException.reason(new AccessDeniedException("a"))).isEqualTo("access denied");
    assertThat(FileException.reason(new FileSystemException("a", null, "Is a directory")))
        .isEqualTo("Is a directory");
    assertThat(FileException.reason(new FileAlreadyExistsException("a")))
        .isEqualTo("FileAlreadyExistsException");
    assertThat(FileException.reason(new IOException("disk full"))).isEqualTo("disk full");
  }

  @Test
  void theMessageSaysWhatWasTriedAndTheCauseIsKept() {
    var cause = new NoSuchFileException("a");
    assertThat(FileException.unreadable(Path.of("a"), cause))
        .isInstanceOf(SequorException.class)
        .hasMessage("a: expected to read it, got no such file; check the path and its permissions")
        .hasCause(cause);
    assertThat(FileException.unwritable(Path.of("a"), cause))
        .hasMessage(
            "a: expected to write it, got no such file; check the folder, its permissions and the"
                + " free space");
  }
}
