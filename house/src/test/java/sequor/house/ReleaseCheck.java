package sequor.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/// What `-Prelease` has made: for each published module a jar, its sources and its Javadoc, each of
/// the same bytes whenever it is made. Maven calls it last, in that profile only.
class ReleaseCheck {
  private static final String VERSION = Pom.ROOT.text("version");
  private static final LocalDateTime TIME =
      LocalDateTime.ofInstant(
          Instant.parse(Pom.ROOT.text("properties/project.build.outputTimestamp")), ZoneOffset.UTC);

  @Test
  void everyPublishedModuleHasItsArtifacts() throws IOException {
    for (var pom : Pom.published().stream().filter(Pom::isJar).toList()) {
      check(pom, "", "module-info.class");
      check(pom, "-sources", "module-info.java");
      check(pom, "-javadoc", "index.html");
    }
  }

  private static void check(Pom pom, String classifier, String entry) throws IOException {
    var jar = jar(pom, classifier);
    try (var zip = new ZipFile(jar.toFile())) {
      var entries = zip.stream().toList();
      assertThat(entries).as("entries of " + jar).extracting(ZipEntry::getName).contains(entry);
      assertThat(entries)
          .as("times in " + jar)
          .extracting(ZipEntry::getTimeLocal)
          .containsOnly(TIME);
    }
  }

  /// The program's jar lies in its folder, all others in `target`.
  private static Path jar(Pom pom, String classifier) {
    String name = pom.artifact() + "-" + VERSION + classifier + ".jar";
    var target = Repository.ROOT.resolve(pom.module()).resolve("target");
    var places = List.of(target.resolve(name), target.resolve("app/lib").resolve(name));
    return places.stream()
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "%s: expected %s of a published module, found none; see the profile release"
                        .formatted(pom.module(), name)));
  }
}
