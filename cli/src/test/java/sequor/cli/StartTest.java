package sequor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `sequor doctor` says of the Java it runs on and of how that was started.
class StartTest {
  private static final Optional<String> FILE = Optional.of("/cache/start.jsa");
  private static final Optional<String> NOTHING = Optional.empty();

  @ParameterizedTest
  @ValueSource(strings = {"25", "25+36", "25.0.1", "25.0.2", "25.0.2+10-LTS", "25.0.3-ea"})
  void anEarlyJavaIsToBeReplaced(String version) {
    assertThat(JavaAdvice.of(Runtime.Version.parse(version), false))
        .contains("JDK-8377811")
        .endsWith("install 25.0.3 or later");
  }

  @ParameterizedTest
  @ValueSource(strings = {"25.0.3", "25.0.3+9-LTS", "25.0.3.1", "25.0.10", "25.1", "26-ea", "26"})
  void aLaterJavaIsWell(String version) {
    assertThat(JavaAdvice.of(Runtime.Version.parse(version), false)).isEmpty();
  }

  @Test
  void compactHeadersAreToBeLeftOut() {
    assertThat(JavaAdvice.of(Runtime.Version.parse("25.0.3"), true))
        .contains("JDK-8380060")
        .endsWith("start without -XX:+UseCompactObjectHeaders");
    assertThat(JavaAdvice.of(Runtime.Version.parse("25.0.2"), true)).contains("JDK-8377811");
  }

  @Test
  void anArchiveThatIsUsedIsNamed() {
    var start = new Start(false, FILE, true, NOTHING);

    assertThat(start.found()).isEqualTo("class path, classes from /cache/start.jsa");
    assertThat(start.advice()).isEmpty();
  }

  @Test
  void anArchiveThatDoesNotFitIsAFault() {
    var start = new Start(false, FILE, false, NOTHING);

    assertThat(start.found())
        .isEqualTo("class path, classes from the jars instead of /cache/start.jsa");
    assertThat(start.advice()).startsWith("the archive does not fit this Java");
  }

  @Test
  void whyThereIsNoArchiveIsSaid() {
    var first = new Start(false, NOTHING, true, Optional.of("being made"));
    var unwritable = new Start(false, NOTHING, true, Optional.of("/cache cannot be written to"));

    assertThat(first.found()).isEqualTo("class path, classes from the jars; archive: being made");
    assertThat(first.advice()).isEmpty();
    assertThat(unwritable.found()).endsWith("; archive: /cache cannot be written to");
    assertThat(unwritable.advice()).contains("XDG_CACHE_HOME");
  }

  @Test
  void aStartOfOnesOwnIsWell() {
    var start = new Start(true, NOTHING, true, NOTHING);

    assertThat(start.found()).isEqualTo("module path, classes from the jars");
    assertThat(start.advice()).isEmpty();
    assertThat(Start.here().modules()).isFalse(); // as tests are started
    assertThat(Start.compactHeaders()).isFalse();
  }
}
