package sequor.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.Seed;

class FirstClassifierTest {
  @TempDir private Path folder;

  private Path file(String csv) throws IOException {
    return Files.writeString(folder.resolve("table.csv"), csv);
  }

  @Test
  void theTestIsThreeTenthsOfTheRows() throws IOException {
    var result = FirstClassifier.run(file(FirstClassifier.clusters(new Seed(7).generator())));

    assertThat(result.test().total()).isEqualTo(45);
    assertThat(result.test().labels()).containsExactly("a", "b", "c");
    assertThat(result.test().accuracy()).isGreaterThan(0.85);
  }

  /// 14 of 20 rows are of one class, which the other column tells; one column never changes.
  @Test
  void aTableOfOnesOwn() throws IOException {
    var csv = new StringBuilder("constant,size,animal\n");
    for (int i = 0; i < 20; i++) {
      csv.append(i % 10 < 7 ? "1,%d,cat\n".formatted(i) : "1,%d,elephant\n".formatted(500 + i));
    }
    var result = FirstClassifier.run(file(csv.toString()));

    long cats = result.test().rows().getFirst().support();
    assertThat(result.floor()).isCloseTo(cats / 6.0, within(1e-9));
    assertThat(result.test().accuracy()).isEqualTo(1);
  }

  @Test
  void refusesWhatItCannotLearn() throws IOException {
    assertThatThrownBy(() -> FirstClassifier.run(file("x,y\n1,a\n")))
        .hasMessageEndingWith("1 rows — ten or more are needed to train and to test");
    var word = file("x,y\n" + "1,a\n".repeat(10) + "one,a\n");
    assertThatThrownBy(() -> FirstClassifier.run(word))
        .hasMessage("table.csv:12: column 1 is \"one\" — all columns but the last must be numbers");
  }

  @Test
  void itsClaimsHold() throws IOException {
    FirstClassifier.main(new String[0]);
  }
}
