package sequor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {
  @TempDir Path folder;

  /// The examples of FIPS 180-4.
  @Test
  void knownValues() throws IOException {
    var file = Files.writeString(folder.resolve("abc"), "abc");
    assertThat(Sha256.of(file))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(new Sha256().hex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void filesOfManyPiecesAreReadWhole() throws IOException {
    byte[] million = "a".repeat(1_000_000).getBytes(UTF_8);
    assertThat(Sha256.of(Files.write(folder.resolve("million"), million)))
        .isEqualTo("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
        .isEqualTo(new Sha256().add(million, million.length).hex());
  }

  @Test
  void textsAreToldApartWhereverTheyAreCut() {
    String one = new Sha256().add("ab").add("c").hex();
    assertThat(one).isNotEqualTo(new Sha256().add("a").add("bc").hex());
    assertThat(one).isEqualTo(new Sha256().add("ab").add("c").hex());
    assertThat(Sha256.of("é")).isEqualTo(new Sha256().add("é").hex());
  }

  @Test
  void afterTheSumItBeginsAnew() {
    var sum = new Sha256().add("a");
    assertThat(sum.hex()).isEqualTo(Sha256.of("a"));
    assertThat(sum.add("b").hex()).isEqualTo(Sha256.of("b"));
  }

  @Test
  void aFileThatIsNotThereIsSaid() {
    var none = folder.resolve("none");
    assertThatThrownBy(() -> Sha256.of(none))
        .isInstanceOf(FileException.class)
        .hasMessage(
            none + ": expected to read it, got no such file; check the path and its permissions");
  }
}
