package sequor.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every recipe of the catalogue learns: with its own model, but on a few lines and for a few
/// epochs.
class CatalogueRecipesTest {
  @TempDir Path folder;

  static Stream<Named<Recipe>> recipes() {
    return Recipe.catalogue().stream()
        .map(name -> Recipe.load(name, List.of()))
        .flatMap(recipe -> recipe.trainings().stream())
        .map(recipe -> Named.of(recipe.name(), recipe));
  }

  /// @param names whether they are short
  private Path reviews(boolean names) throws IOException {
    var rows = new ArrayList<>(List.of("text,label"));
    for (int i = 0; i < 40; i++) {
      rows.add((names ? "abba%d,1" : "it is a fine and lovely film number %d,1").formatted(i));
      rows.add((names ? "umum%d,0" : "it is a dull and awful plot number %d,0").formatted(i));
    }
    return Files.write(folder.resolve("reviews.csv"), rows);
  }

  /// @param start and
  /// @param end of what is read of it; empty: all
  private Path book(String start, String end) throws IOException {
    String line = "the island lay in the sun and the sea lay around the island\n";
    return Files.writeString(folder.resolve("book.txt"), start + "\n" + line.repeat(60) + end);
  }

  /// Of the words that are in the reviews.
  private Path vectors() throws IOException {
    var lines = List.of("fine 1 0 1", "lovely 1 0 2", "dull -1 0 1", "awful -1 0 2", "film 0 1 0");
    return Files.write(folder.resolve("words.vec"), lines);
  }

  /// Of which no word comes twice, so that its end tells its tag; or of few words.
  private Path sentences(boolean few) throws IOException {
    var lines = new ArrayList<String>();
    for (int i = 0; i < 80; i++) {
      for (int t = 1; t <= 4; t++) {
        boolean name = (i * 7 + t * 5) % 3 == 0;
        int number = i * 31 + t;
        String word = "w" + (few ? number % 12 : number) + (name ? "os" : "ir");
        String tag = name ? "NOUN" : "VERB";
        lines.add("%d\t%s\t_\t%s\t%s\t_\t0\t_\t_\t_".formatted(t, word, tag, tag));
      }
      lines.add("");
    }
    return Files.write(folder.resolve("sentences.conllu"), lines);
  }

  /// Sentences whose words are those of one of two worlds.
  private Path corpus() throws IOException {
    var sea = List.of("ship", "sail", "wave", "harbour", "sailor", "tide");
    var field = List.of("horse", "plough", "barley", "barn", "farmer", "furrow");
    var random = new Random(3);
    var lines = new ArrayList<String>();
    for (int i = 0; i < 1500; i++) {
      var world = i % 2 == 0 ? sea : field;
      lines.add(
          random.ints(8, 0, world.size()).mapToObj(world::get).collect(Collectors.joining(" ")));
    }
    return Files.write(folder.resolve("sentences.txt"), lines);
  }

  /// Two words and a point, each with one translation.
  private Path pairs() throws IOException {
    var random = new Random(5);
    var lines = new ArrayList<>(List.of("read,said"));
    for (int i = 0; i < 400; i++) {
      int one = random.nextInt(4);
      int other = random.nextInt(4);
      lines.add("rot%d blau%d .,red%d blue%d .".formatted(one, other, one, other));
    }
    return Files.write(folder.resolve("pairs.csv"), lines);
  }

  /// Two columns that go up and down in twelve steps, hour by hour.
  private Path series() throws IOException {
    var lines = new ArrayList<>(List.of("when,OT,load"));
    for (int i = 0; i < 300; i++) {
      double wave = 20 + 10 * Math.sin(2 * Math.PI * i / 12) + i % 5 * 0.3;
      lines.add("2026-01-%02d %02d:00,%.3f,%.3f".formatted(1 + i / 24, i % 24, wave, 2 * wave));
    }
    return Files.write(folder.resolve("series.csv"), lines);
  }

  private List<String> shrunk(Recipe recipe) throws IOException {
    var data = recipe.settings().section("data");
    if (recipe.task().name().equals("forecast")) {
      return List.of(
          Recipe.override("data.file", series().toString()),
          "data.time=when",
          "data.value=" + (data.text("value").isEmpty() ? "" : "OT"),
          "data.borders=[]",
          "data.fractions=[0.6, 0.2, 0.2]",
          "model.look_back=36",
          "model.season=12",
          "model.horizon=6");
    }
    if (recipe.task().name().equals("tag")) {
      var model = recipe.settings().section("model");
      boolean letters = !model.text("letters").equals("none");
      boolean wordsAlone = !letters && model.values().number("affixes") == 0;
      return List.of(
          Recipe.override("data.file", sentences(wordsAlone).toString()),
          "data.fractions=[0.6, 0.2, 0.2]",
          "model.hidden_size=16",
          "model.letter_hidden=16",
          "model.affix_buckets=500",
          "model.vectors=",
          "training.learning_rate=0.01",
          "training.batch_size=8",
          "training.epochs=" + (letters ? 6 : 12));
    }
    if (recipe.task().name().equals("translate")) {
      var few =
          new ArrayList<>(
              List.of(
                  Recipe.override("data.file", pairs().toString()),
                  "data.source=read",
                  "data.target=said",
                  "data.fractions=[0.8, 0.1, 0.1]",
                  "tokens.min_frequency=1",
                  "loss.teacher=", // that is another one
                  "model.hidden_size=64",
                  "model.embedding_dropout=0",
                  "model.layer_dropout=0",
                  "model.dropout=0",
                  "model.embedding_size=32",
                  "training.learning_rate=0.005",
                  "training.schedule=constant",
                  "training.warm_up=0",
                  "training.batch_size=8",
                  "training.average_last=0",
                  "training.patience=20",
                  "training.epochs=20"));
      if (recipe.settings().section("model").text("architecture").equals("transformer")) {
        few.removeIf(
            each -> each.startsWith("model.embedding") || each.startsWith("model.dropout"));
        few.addAll(
            List.of("model.layers=1", "training.batch_tokens=0", "training.learning_rate=0.002"));
      }
      return few;
    }
    if (recipe.task().name().equals("embed")) {
      return List.of(
          Recipe.override("data.file", corpus().toString()),
          "data.text=" + (data.text("text").isEmpty() ? "" : "text"),
          "data.split=",
          "data.fractions=[0.8, 0.1, 0.1]",
          "model.subsample=0",
          "model.window=3",
          "model.buckets=1000",
          "training.learning_rate=0.1",
          "training.epochs=4");
    }
    var overrides =
        new ArrayList<>(
            List.of("training.learning_rate=0.01", "training.batch_size=8", "training.warm_up=0"));
    if (data.text("format").equals("text")) {
      overrides.add(
          Recipe.override("data.file", book(data.text("start"), data.text("end")).toString()));
      boolean letters = recipe.settings().section("tokens").text("tokenizer").equals("characters");
      if (letters && data.text("reading").equals("chunks")) {
        overrides.add("training.epochs=1");
      } else { // with fewer steps an epoch, and cells that bear no haste
        overrides.remove("training.learning_rate=0.01");
        overrides.addAll(List.of("training.epochs=10", "data.steps=10"));
      }
      overrides.add("data.fractions=[0.9, 0.05, 0.05]"); // of a longer book less is enough
      return overrides;
    }
    if (recipe.task().name().equals("pretrain")) {
      return pretraining();
    }
    boolean names = recipe.settings().section("tokens").text("tokenizer").equals("characters");
    overrides.add(Recipe.override("data.file", reviews(names).toString()));
    overrides.addAll(
        List.of(
            "data.text=text",
            "data.split=",
            "data.fractions=[0.6, 0.2, 0.2]",
            "tokens.min_frequency=1",
            "training.schedule=constant",
            "training.epochs=8"));
    if (!data.text("label").isEmpty()) {
      overrides.add("data.label=label");
    }
    if (!recipe.settings().section("model").text("vectors").isEmpty()) {
      overrides.add(Recipe.override("model.vectors", vectors().toString()));
    }
    if (recipe.settings().section("tokens").text("tokenizer").equals("pretrained")) {
      overrides.remove("training.learning_rate=0.01");
      overrides.addAll( // what it begins as is a run that was not trained here
          List.of(
              "model.pretrained=",
              Recipe.override("tokens.tokenizer_file", wordPieces().toString()),
              "training.learning_rate=0.002"));
    }
    if (recipe.task().name().equals("classify")) {
      overrides.add("loss.teacher="); // that is another one
    }
    if (recipe.settings().section("model").values().number("members") > 1) {
      overrides.add("model.members=1"); // several learn the same way
    }
    return overrides;
  }

  /// The words of the reviews, in a folder such as published models have.
  private Path wordPieces() throws IOException {
    var pieces = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
    var words = List.of("it", "is", "a", "fine", "lovely", "dull", "awful", "film", "plot");
    Files.write(
        folder.resolve("vocab.txt"), Stream.concat(pieces.stream(), words.stream()).toList());
    return folder;
  }

  private List<String> pretraining() throws IOException {
    return List.of(
        Recipe.override("data.file", corpus().toString()),
        "data.text=text",
        "data.split=",
        "data.fractions=[0.8, 0.1, 0.1]",
        "model.hidden_size=32",
        "model.layers=1",
        "model.feed_forward_size=64",
        "training.learning_rate=0.003",
        "training.schedule=constant",
        "training.warm_up=0",
        "training.epochs=8");
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void learns(Recipe recipe) throws IOException {
    var report = Toy.train(recipe.with(shrunk(recipe)), folder.resolve("run"));

    var test = report.test().metrics();
    switch (recipe.task().name()) {
      case "classify", "tag" -> assertThat(test.get("accuracy")).isGreaterThan(0.9);
      case "forecast" -> assertThat(test.get("mase")).isLessThan(0.5);
      case "translate" -> assertThat(test.get("exact")).isGreaterThan(0.8);
      case "embed" ->
          assertThat(test.get("cloze_accuracy")).isGreaterThan(0.6); // by chance half of them
      case "pretrain" -> // one of 12 words by chance, of 6 by the others
          assertThat(test.get("masked_loss")).isLessThan(2);
      default -> // of 80 letters each as likely: 4.4
          assertThat(test.get("nats_per_token")).isLessThan(2);
    }
  }
}
