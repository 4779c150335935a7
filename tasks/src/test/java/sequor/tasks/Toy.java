package sequor.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.Row;
import sequor.json.Json;
import sequor.json.JsonException;
import sequor.json.JsonObject;
import sequor.settings.Places;
import sequor.settings.Settings;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.train.Trainer;

/// Made-up words of three languages, each with letters of its own, and settings of models so small
/// that they learn within seconds.
public final class Toy {
  public static final List<String> LANGUAGES = List.of("abba", "ikki", "umu");

  private static final String[] SMALL = {
    "data.text=word",
    "model.embedding_size=5",
    "model.hidden_size=7",
    "training.epochs=3",
    "training.batch_size=8",
    "training.learning_rate=0.03"
  };

  private Toy() {}

  /// 120 words with the columns `word` and `language`: 90 to learn from, 15 to validate and to
  /// test.
  public static DataSet<Row> words() {
    var random = new SplittableRandom(7);
    var parts = List.of(new ArrayList<Row>(), new ArrayList<Row>(), new ArrayList<Row>());
    for (int i = 0; i < 40; i++) {
      var part = parts.get(i < 30 ? 0 : i < 35 ? 1 : 2);
      for (String language : LANGUAGES) {
        part.add(row(word(language, random), language));
      }
    }
    return DataSet.of(parts.get(0), parts.get(1), parts.get(2));
  }

  /// Asserts that a trained model says the same while a tape trains on its thread, as one that was
  /// left open by an error does.
  public static void assertSameUnderATape(Supplier<?> said) {
    Object before = said.get();
    try (var tape = Tape.open(new SplittableRandom(1))) {
      assertThat(said.get()).isEqualTo(before);
      assertThat(tape.ops()).isEmpty();
    }
  }

  public static Row row(String word, String language) {
    return Row.of(Map.of("word", word, "language", language));
  }

  private static String word(String letters, SplittableRandom random) {
    var word = new StringBuilder();
    int length = random.nextInt(2, 9);
    for (int i = 0; i < length; i++) {
      word.append(letters.charAt(random.nextInt(letters.length())));
    }
    return word.toString();
  }

  /// Settings of a small model.
  ///
  /// @param overrides as on the command line: `model.cell=lstm`
  public static Settings settings(Task task, String... overrides) {
    var written = Json.object();
    var chosen = List.of(overrides);
    boolean none = // no hidden size
        chosen.contains("model.encoder=bag") || chosen.contains("model.encoder=convolution");
    boolean nothing = chosen.contains("model.encoder=none"); // no embedding either
    for (var override : SMALL) {
      boolean left =
          ((none || nothing) && override.contains("hidden_size"))
              || (nothing && override.contains("embedding_size"));
      written = left ? written : with(written, override);
    }
    return complete(task, written, overrides);
  }

  /// Settings of which nothing is said but this.
  public static Settings plain(Task task, String... overrides) {
    return complete(task, Json.object(), overrides);
  }

  private static Settings complete(Task task, JsonObject begun, String... overrides) {
    var written = begun;
    for (var override : overrides) {
      written = with(written, override);
    }
    return task.schema().complete(written, Places.of("--set"));
  }

  private static JsonObject with(JsonObject written, String override) {
    String[] pair = override.split("=", 2);
    String[] path = pair[0].split("\\.", 2);
    var section = written.has(path[0]) ? written.object(path[0]) : Json.object();
    return written.with(path[0], section.with(path[1], value(pair[1])));
  }

  private static Json value(String text) {
    try {
      return Json.parse(text);
    } catch (JsonException e) {
      return Json.of(text);
    }
  }

  /// What has learned from [#words()].
  public static Trained train(String task, String... overrides) {
    return train(words(), task, overrides);
  }

  public static Trained train(DataSet<Row> rows, String task, String... overrides) {
    var kind = Task.all().get(task);
    var settings = settings(kind, overrides);
    var learning = Learning.of(settings);
    var job = (Job) kind.prepare(settings, rows, learning.seed());
    var result = learning.trainer(job).run(learning.settings().epochs());
    job.finish();
    return new Trained(job, result);
  }

  /// A job that was done.
  public record Trained(Job job, Trainer.Result result) {
    public <P extends Predictor<?, ?>> P predictor(Class<P> type) {
      return type.cast(job.predictor());
    }

    /// The bits that the training came to.
    public List<Integer> bits() {
      var bits = new ArrayList<Integer>();
      for (Tensor tensor : job.module().parameters().values()) {
        for (float value : tensor.toArray()) {
          bits.add(Float.floatToRawIntBits(value));
        }
      }
      return bits;
    }
  }

  /// A job that has not begun.
  public static Job prepare(DataSet<Row> rows, String task, String... overrides) {
    var kind = Task.all().get(task);
    return (Job) kind.prepare(settings(kind, overrides), rows, new Seed(1));
  }

  /// Sources that say nothing of their size, as files do.
  public static DataSet<Row> streaming(DataSet<Row> rows) {
    return new DataSet<>(
        () -> rows.train().open(), () -> rows.valid().open(), () -> rows.test().open());
  }
}
