package sequor.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.testkit.PublicData;
import sequor.text.Batch;
import sequor.text.Batches;
import sequor.text.Characters;
import sequor.text.Item;
import sequor.text.Labels;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;

/// The way from a file to batches and back, on the real surnames where they lie beside the
/// repository or in `SEQUOR_DATA`, and on a few of them everywhere else.
class SurnamesTest {
  @TempDir Path home;

  private Path surnames() throws IOException {
    var found = PublicData.surnames();
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
    DataSet<Row> surnames = table.splitBy("split");
    List<Row> learned = surnames.train().toList();
    int valid = surnames.valid().toList().size();
    int test = surnames.test().toList().size();
    assertThat(learned.size() + valid + test).isEqualTo(table.rows().size());
    if (Download.isWhole(file, Catalogue.entry("surnames").files().getFirst())) {
      assertThat(List.of(learned.size(), valid, test)).containsExactly(7680, 1640, 1660);
    }

    var texts = learned.stream().map(row -> row.field("surname")).toList();
    var tokenizer = Tokenizer.learn(new Characters(), TokenSettings.standard(), texts);
    Labels labels = Labels.of(learned.stream().map(row -> row.field("nationality")).toList());
    List<Item> train =
        learned.stream()
            .map(
                row ->
                    new Item()
                        .ids(
                            "text",
                            tokenizer.encode(row.field("surname")).ids(),
                            tokenizer.vocabulary().pad())
                        .id("label", labels.id(row.field("nationality"))))
            .toList();

    var seen = new HashSet<Integer>();
    for (Batch batch : Batches.of(train).withSize(64).shuffled(new Random(1))) {
      for (int b = 0; b < batch.size(); b++) {
        int steps = batch.ids("text").steps();
        int[] ids = Arrays.copyOfRange(batch.ids("text").ids(), b * steps, (b + 1) * steps);
        Row row = learned.get(batch.rows()[b]);
        assertThat(tokenizer.decode(ids)).isEqualTo(row.field("surname"));
        assertThat(labels.name(batch.ids("label").ids()[b])).isEqualTo(row.field("nationality"));
        seen.add(batch.rows()[b]);
      }
    }
    assertThat(seen).hasSize(train.size());

    tokenizer.save(home.resolve("model/tokens.json"));
    assertThat(Tokenizer.load(home.resolve("model/tokens.json"))).isEqualTo(tokenizer);
  }
}
