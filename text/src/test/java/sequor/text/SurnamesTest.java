package sequor.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The way from a file to batches and back, on the real surnames where they lie beside the
/// repository or in `SEQUOR_DATA`, and on a few of them everywhere else.
class SurnamesTest {
  @TempDir Path home;

  private Path surnames() throws IOException {
    var file = Catalogue.entry("surnames").files().get(0);
    var finder = DataFinder.of(System.getenv(), home);
    Path beside = Path.of("..", "..", "shared", "data");
    Optional<Path> found =
        (Files.isDirectory(beside) ? finder.withFolder(beside) : finder).locate(file);
    if (found.isPresent()) {
      return found.get();
    }
    return Files.writeString(
        home.resolve("few.csv"),
        """
        nationality,split,surname
        Korean,train,Kang
        Korean,train,Kim
        Italian,train,Benedetti
        Irish,train,O'Neill
        Korean,val,Chang
        Italian,test,DiCaprio
        """);
  }

  @Test
  void fromAFileToBatchesAndBack() throws IOException {
    Path file = surnames();
    Table table = TableReader.csv().read(file);
    DataSet<Example> surnames =
        table.splitBy("split").map(Example.columns("surname", "nationality"));
    assertThat(surnames.size()).isEqualTo(table.rows().size());
    if (Download.isWhole(file, Catalogue.entry("surnames").files().get(0))) {
      assertThat(surnames).hasToString("DataSet {train: 7680, valid: 1640, test: 1660}");
    }

    Codec codec =
        Codec.learn(
            new CharacterTokenizer(), surnames.train().stream().map(Example::text).toList());
    Labels labels = Labels.of(surnames.train().stream().map(Example::label).toList());
    List<Sequence> train =
        surnames.train().stream()
            .map(x -> Sequence.labelled(codec.encode(x.text()), labels.id(x.label())))
            .toList();

    var seen = new HashSet<Integer>();
    for (Batch batch : Batches.of(train).withSize(64).shuffled(new Random(1))) {
      for (int b = 0; b < batch.batch(); b++) {
        int start = b * batch.steps();
        int[] row = Arrays.copyOfRange(batch.ids(), start, start + batch.steps());
        Example example = surnames.train().get(batch.rows()[b]);
        assertThat(codec.decode(row)).isEqualTo(example.text());
        assertThat(labels.name(batch.targets()[b])).isEqualTo(example.label());
        seen.add(batch.rows()[b]);
      }
    }
    assertThat(seen).hasSize(train.size());

    codec.save(home.resolve("model/tokenizer.json"));
    assertThat(Codec.load(home.resolve("model/tokenizer.json"))).isEqualTo(codec);
  }
}
