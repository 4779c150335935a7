package sequor.recipes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import sequor.data.DataFinder;

/// Made-up words of three languages, each with letters of its own, and recipes so small that they
/// are learned within seconds.
final class Toy {
  static final List<String> LANGUAGES = List.of("abba", "ikki", "umu");
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  private Toy() {}

  /// `words.csv` in that folder: 120 words with the columns word, language and part.
  static Path words(Path folder) throws IOException {
    var random = new SplittableRandom(7);
    var lines = new ArrayList<String>(List.of("word,language,part"));
    for (int i = 0; i < 40; i++) {
      String part = i < 30 ? "train" : i < 35 ? "valid" : "test";
      for (String language : LANGUAGES) {
        lines.add(word(language, random) + "," + language + "," + part);
      }
    }
    return Files.write(folder.resolve("words.csv"), lines);
  }

  private static String word(String letters, SplittableRandom random) {
    var word = new StringBuilder();
    int length = random.nextInt(2, 9);
    for (int i = 0; i < length; i++) {
      word.append(letters.charAt(random.nextInt(letters.length())));
    }
    return word.toString();
  }

  /// A classifier of words, with 12 batches an epoch.
  static Recipe classifier(Path words, String... overrides) {
    return recipe(words, "classify", "label: language", overrides);
  }

  /// A model of words.
  ///
  /// @param label `label: language`, or nothing
  static Recipe generator(Path words, String label, String... overrides) {
    return recipe(words, "model-language", label, overrides);
  }

  private static Recipe recipe(Path words, String task, String label, String... overrides) {
    String yaml =
        """
        task: %s
        about: Looks at toy words.
        data:
          file: '%s'
          text: word
          split: part
          %s
        model:
          embedding_size: 5
          hidden_size: 7
        training:
          epochs: 3
          batch_size: 8
          learning_rate: 0.03
        """
            .formatted(task, words, label);
    return Recipe.parse("toy", yaml, "toy.yaml", List.of(overrides));
  }

  static Report train(Recipe recipe, Path run) throws IOException {
    return train(recipe, run, new Run.Listener() {}, false);
  }

  static Report train(Recipe recipe, Path run, Run.Listener listener, boolean resume)
      throws IOException {
    return new Run(recipe, run, nowhere(), CLOCK).train(listener, resume);
  }

  /// Trains into the folder `runs`, and finds no data set.
  static Reproduction reproduction(Path folder) {
    return new Reproduction(
        folder.resolve("runs"), folder.resolve("results"), DataFinder.of(Map.of(), folder), CLOCK);
  }

  /// Finds no data set.
  static DataFinder nowhere() {
    return DataFinder.of(Map.of(), Path.of("no-such-home"));
  }

  /// The bytes that a training comes to.
  static byte[] weights(Path run) throws IOException {
    return Files.readAllBytes(run.resolve("model/model.safetensors"));
  }
}
