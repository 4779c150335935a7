package sequor.tasks.language;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sequor.tasks.Toy;
import sequor.text.Item;

/// The logits of some tokens at a time tell the same as those of all.
class ScoringTest {
  @ParameterizedTest
  @CsvSource({"1, 0", "3, 0", "1, 0.3", "2, 0.3"})
  void inPiecesItTellsWhatItTellsWhole(int members, double share) {
    var generator =
        (Generator)
            Toy.train(
                    "model-language",
                    "data.label=language",
                    "training.epochs=1",
                    "model.members=" + members,
                    "model.ngram_share=" + share)
                .job()
                .predictor();
    var texts = List.of("abba", "", "i", "ikikikikikikikikikikikik", "umm", "xyz 한국어 😀", "u");
    var items =
        IntStream.range(0, texts.size())
            .mapToObj(
                i ->
                    generator.item(
                        generator.tokenizer().encode(texts.get(i)), Toy.LANGUAGES.get(i % 3)))
            .toList();
    Optional<NGramShare> ngrams =
        share == 0
            ? Optional.empty()
            : Optional.of(
                new NGramShare(
                    3,
                    share,
                    generator.tokenizer().vocabulary().size(),
                    List.of(generator.texts().said("abba"), generator.texts().said("ikki"))));

    var whole = texts(new Scoring(generator.members(), ngrams, false), items);

    assertThat(whole).hasSize(texts.size());
    int vocabulary = generator.tokenizer().vocabulary().size();
    for (int logits : new int[] {1, vocabulary, 3 * vocabulary, 7 * vocabulary + 1}) {
      var pieces = texts(new Scoring(generator.members(), ngrams, false, logits), items);
      whole.forEach(
          (i, text) -> {
            var piece = requireNonNull(pieces.get(i));
            assertThat(piece.nats()).containsExactly(text.nats(), within(1e-5));
            assertThat(piece.likeliest()).isEqualTo(text.likeliest());
            assertThat(text.nats()).hasSize(generator.texts().said(texts.get(i)).length);
            assertThat(text.sum()).isEqualTo(Arrays.stream(text.nats()).sum());
          });
    }
  }

  private static Map<Integer, Scoring.Text> texts(Scoring scoring, List<Item> items) {
    var all = new TreeMap<Integer, Scoring.Text>();
    scoring.forEach(items, text -> all.put(text.item(), text));
    return all;
  }
}
