package sequor.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NamesTest {
  private record Example(String text, String label) {}

  private final List<Example> train = part(Split.TRAIN);
  private final List<Example> test = part(Split.TEST);

  private static List<Example> part(Split split) {
    return Names.table()
        .splitBy("split")
        .map(row -> new Example(row.field("name"), row.field("language")))
        .of(split)
        .toList();
  }

  private static List<Example> all() {
    return Stream.of(Split.values()).map(NamesTest::part).flatMap(List::stream).toList();
  }

  @Test
  void languagesAreManyAndNoneSwampsTheRest() {
    Map<String, Long> counts =
        all().stream()
            .collect(Collectors.groupingBy(Example::label, TreeMap::new, Collectors.counting()));
    assertThat(counts)
        .containsOnlyKeys(
            "Catalan",
            "Chinese",
            "Croatian",
            "Czech",
            "Danish",
            "Dutch",
            "English",
            "Estonian",
            "French",
            "German",
            "Greek",
            "Hungarian",
            "Indonesian",
            "Italian",
            "Japanese",
            "Korean",
            "Norwegian",
            "Polish",
            "Portuguese",
            "Russian",
            "Spanish",
            "Swedish",
            "Turkish",
            "Ugandan",
            "Uzbek");
    assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(80L, 500L));
    assertThat(all().size()).isBetween(5_000, 6_500);
    assertThat((double) train.size() / all().size()).isBetween(0.69, 0.71);
    assertThat((double) test.size() / all().size()).isBetween(0.14, 0.16);
  }

  @Test
  void eachNameIsThereOnceAndLooksLikeOne() {
    assertThat(all().stream().map(Example::text))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[\\p{IsLatin}' -]{2,}"));
  }

  @Test
  void whatIsKnownIsThere() {
    assertThat(all())
        .contains(
            new Example("Kowalski", "Polish"),
            new Example("Nagy", "Hungarian"),
            new Example("Smith", "English"),
            new Example("Dubois", "French"),
            new Example("Yılmaz", "Turkish"));
  }

  @Test
  void itIsTheSameEveryTime() {
    assertThat(part(Split.TRAIN)).isEqualTo(train);
    assertThat(part(Split.TEST)).isEqualTo(test);
    assertThat(Names.table().columns()).containsExactly("name", "language", "split");
    assertThat(Names.table().rows().getFirst().fields())
        .containsExactly("Adell", "Catalan", "train");
  }

  /// A language can be told from the letters, but not so easily that nothing is left to learn.
  @Test
  void aNaiveBayesClassifierIsAFloorToBeat() {
    var counts = new HashMap<String, Map<String, Integer>>(); // of each gram, and of all under ""
    for (Example example : train) {
      var own = counts.computeIfAbsent(example.label(), label -> new HashMap<>());
      for (String gram : grams(example.text())) {
        own.merge(gram, 1, Integer::sum);
        own.merge("", 1, Integer::sum);
      }
    }
    long right =
        test.stream()
            .filter(example -> likeliest(example.text(), counts).equals(example.label()))
            .count();
    assertThat((double) right / test.size()).isBetween(0.5, 0.75);
  }

  private static String likeliest(String name, Map<String, Map<String, Integer>> counts) {
    return counts.entrySet().stream()
        .max(Comparator.comparingDouble(label -> score(name, label.getValue())))
        .orElseThrow()
        .getKey();
  }

  private static double score(String name, Map<String, Integer> counts) {
    double all = counts.getOrDefault("", 0) + 2000.0;
    return grams(name).stream()
        .mapToDouble(gram -> Math.log((counts.getOrDefault(gram, 0) + 0.1) / all))
        .sum();
  }

  private static List<String> grams(String name) {
    String edged = "^" + name + "$";
    return IntStream.rangeClosed(1, 4)
        .boxed()
        .flatMap(
            n ->
                IntStream.rangeClosed(0, edged.length() - n)
                    .mapToObj(i -> edged.substring(i, i + n)))
        .toList();
  }
}
