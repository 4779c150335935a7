package sequor.house;

import static org.assertj.core.api.Assertions.assertThat;
import static sequor.house.Repository.ROOT;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/// How large the core is: what a user adds to a service who trains or runs a model in it.
class SizesTest {
  private static final long MOST = 1 << 20;
  private static final List<String> CORE =
      List.of("base", "json", "kernels", "kernels-vector", "tensor", "nn", "store", "train");

  @Test
  void theCoreIsUnderOneMegabyte() throws IOException {
    long sum = 0;
    for (var room : CORE) {
      long size = packed(ROOT.resolve(room).resolve("target/classes"));
      System.out.printf("core jar %-15s %,8d bytes%n", room, size);
      sum += size;
    }
    System.out.printf("core jars together     %,8d bytes%n", sum);
    assertThat(sum).isBetween(100_000L, MOST);
  }

  /// The size of a jar of these classes.
  private static long packed(Path classes) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes);
        var files = Files.walk(classes)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        zip.write(Files.readAllBytes(file));
      }
    }
    return bytes.size();
  }
}
