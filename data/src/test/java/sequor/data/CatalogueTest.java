package sequor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CatalogueTest {
  @Test
  void entriesSayWhatTheyAre() {
    assertThat(Catalogue.entries()).extracting(Catalogue.Entry::name).doesNotHaveDuplicates();
    assertThat(Catalogue.entries())
        .allSatisfy(
            entry -> {
              assertThat(entry.about()).isNotBlank();
              assertThat(entry.licence()).isNotBlank();
              assertThat(entry.source()).isNotBlank();
              assertThat(entry.files())
                  .allSatisfy(
                      file -> {
                        file.url().ifPresent(url -> assertThat(url).hasScheme("https"));
                        assertThat(file.sha256()).matches("[0-9a-f]{64}");
                        assertThat(file.size()).isPositive();
                      });
            });
    assertThat(Catalogue.entry("names").embedded()).isTrue();
  }

  @Test
  void theNamesEntryCountsRight() {
    long languages = Names.table().rows().stream().map(r -> r.field("language")).distinct().count();
    assertThat(Catalogue.entry("names").about()).contains(" " + languages + " languages");
  }

  @Test
  void aWrongNameIsAnsweredWithTheNearest() {
    assertThatThrownBy(() -> Catalogue.entry("surname"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "catalogue: expected a data set (names, harbour, surnames, imdb, nsmc, island, corpus), got \"surname\"; "
                + "did you mean \"surnames\"?");
  }

  @Test
  void aPathMayNotLeaveItsFolder() {
    for (String path : new String[] {"../a", "/a", "a/../b", "", "a//b", "a\\b"}) {
      assertThatThrownBy(() -> new Catalogue.File(path, "http://x", 1, ""))
          .isInstanceOf(DataException.class);
    }
  }
}
