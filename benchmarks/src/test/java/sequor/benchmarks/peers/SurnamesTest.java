package sequor.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a peer's job learns from.
class SurnamesTest {
  @Test
  void namesStandBetweenMarksAndArePaddedToTheLongest(@TempDir Path folder) throws IOException {
    var file = folder.resolve("surnames.csv");
    Files.writeString(
        file, "nationality,split,surname\nA,train,ab\nB,train,b\nB,val,bz\nA,test,a\n");
    var surnames = new Surnames(file);
    assertThat(surnames.vocabulary()).isEqualTo(6); // 4 of its own, a, b
    assertThat(surnames.classes()).isEqualTo(2);
    assertThat(surnames.train(2, new Random(1)))
        .singleElement()
        .satisfies(
            batch -> {
              assertThat(batch.steps()).isEqualTo(4);
              assertThat(batch.lengths()).containsExactly(3, 4);
              assertThat(batch.ids()).containsExactly(2, 5, 3, 0, 2, 4, 5, 3);
              assertThat(batch.labels()).containsExactly(1, 0);
            });
    assertThat(surnames.valid(2).getFirst().ids()).containsExactly(2, 5, 1, 3);
  }
}
