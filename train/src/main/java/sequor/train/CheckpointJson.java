package sequor.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import sequor.Seed;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.tensor.Tensor;
import sequor.train.TrainingListener.Epoch;

/// The scalars of a checkpoint as JSON. Doubles read back to the same bits; those that JSON has no
/// word for are written as texts.
final class CheckpointJson {
  private static final int VERSION = 1;

  private CheckpointJson() {}

  static JsonObject write(Checkpoint checkpoint) {
    var progress = checkpoint.progress();
    var optimizer = checkpoint.optimizer();
    var json =
        Json.object()
            .with("version", VERSION)
            .with("seed", checkpoint.seed().value())
            .with("steps", progress.steps())
            .with("epochs", progress.epochs())
            .with("batches", progress.batches())
            .with("loss_sum", progress.lossSum())
            .with("batches_per_step", checkpoint.batchesPerStep())
            .with("optimizer", optimizer.kind())
            .with("optimizer_steps", optimizer.steps())
            .with("learning_rate", (double) optimizer.learningRate())
            .with("learning_rate_factor", optimizer.factor())
            .with("early_stopping", stopping(checkpoint.stopping()))
            .with("history", checkpoint.history().stream().map(CheckpointJson::epoch).toList());
    return checkpoint.plateau().map(state -> json.with("plateau", plateau(state))).orElse(json);
  }

  static Checkpoint read(JsonObject json, Map<String, Tensor> tensors) {
    json.wholeNumber("version", VERSION, VERSION);
    return new Checkpoint(
        new Seed(json.wholeNumber("seed", Long.MIN_VALUE, Long.MAX_VALUE)),
        new Progress(
            json.wholeNumber("steps", 0, Long.MAX_VALUE),
            count(json, "epochs"),
            count(json, "batches"),
            json.number("loss_sum")),
        json.has("batches_per_step")
            ? json.wholeNumber("batches_per_step", 1, Integer.MAX_VALUE)
            : 1,
        under(CheckpointFile.PARAMETERS, tensors),
        new Optimizer.State(
            json.text("optimizer"),
            under(CheckpointFile.OPTIMIZER, tensors),
            steps(json.object("optimizer_steps")),
            (float) json.number("learning_rate"),
            json.has("learning_rate_factor") ? json.number("learning_rate_factor") : 1),
        stopping(json.object("early_stopping")),
        json.has("plateau") ? Optional.of(plateau(json.object("plateau"))) : Optional.empty(),
        under(CheckpointFile.BEST, tensors),
        recent(tensors),
        carried(under(CheckpointFile.CARRIED, tensors)),
        json.array("history").objects().stream().map(CheckpointJson::epoch).toList());
  }

  private static JsonObject stopping(EarlyStopping.State state) {
    var json = Json.object().with("best_epoch", state.bestEpoch()).with("epochs", state.epochs());
    json = state.loss().isPresent() ? json.with("best_loss", state.loss().getAsDouble()) : json;
    return withBest(json, state.best());
  }

  private static EarlyStopping.State stopping(JsonObject json) {
    return new EarlyStopping.State(
        best(json), optional(json, "best_loss"), count(json, "best_epoch"), count(json, "epochs"));
  }

  private static JsonObject plateau(ReduceOnPlateau.State state) {
    return withBest(
        Json.object()
            .with("waited", state.waited())
            .with("cooling", state.cooling())
            .with("factor", state.factor()),
        state.best());
  }

  private static ReduceOnPlateau.State plateau(JsonObject json) {
    return new ReduceOnPlateau.State(
        best(json), count(json, "waited"), count(json, "cooling"), json.number("factor", 0, 1));
  }

  private static JsonObject epoch(Epoch epoch) {
    var metrics = new LinkedHashMap<String, Object>();
    epoch.metrics().forEach((name, x) -> metrics.put(name, Double.isFinite(x) ? x : "" + x));
    return Json.object()
        .with("number", epoch.number())
        .with("steps", epoch.steps())
        .with("learning_rate", epoch.learningRate())
        .with("metrics", metrics)
        .with("best", epoch.best());
  }

  private static Epoch epoch(JsonObject json) {
    var metrics = new LinkedHashMap<String, Double>();
    var values = json.object("metrics");
    for (var name : values.names()) {
      metrics.put(name, number(values, name));
    }
    return new Epoch(
        count(json, "number"),
        json.wholeNumber("steps", 0, Long.MAX_VALUE),
        json.number("learning_rate"),
        metrics,
        json.flag("best"));
  }

  private static double number(JsonObject json, String name) {
    for (double beyond :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      if (json.value(name).equals(Json.of("" + beyond))) {
        return beyond;
      }
    }
    return json.number(name);
  }

  private static JsonObject withBest(JsonObject json, OptionalDouble best) {
    return best.isPresent() ? json.with("best", best.getAsDouble()) : json;
  }

  private static OptionalDouble best(JsonObject json) {
    return optional(json, "best");
  }

  private static OptionalDouble optional(JsonObject json, String name) {
    return json.has(name) ? OptionalDouble.of(json.number(name)) : OptionalDouble.empty();
  }

  private static int count(JsonObject json, String name) {
    return json.wholeNumber(name, 0, Integer.MAX_VALUE);
  }

  private static Map<String, Long> steps(JsonObject json) {
    var steps = new LinkedHashMap<String, Long>();
    json.names().forEach(name -> steps.put(name, json.wholeNumber(name, 0, Long.MAX_VALUE)));
    return steps;
  }

  /// The tensors whose name starts so, by the rest of their name.
  private static Map<String, Tensor> under(String prefix, Map<String, Tensor> tensors) {
    var found = new LinkedHashMap<String, Tensor>();
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), tensor);
          }
        });
    return found;
  }

  private static List<Map<String, Tensor>> recent(Map<String, Tensor> tensors) {
    var all = new ArrayList<Map<String, Tensor>>();
    var next = under(CheckpointFile.RECENT + "0/", tensors);
    while (!next.isEmpty()) {
      all.add(next);
      next = under(CheckpointFile.RECENT + all.size() + "/", tensors);
    }
    return all;
  }

  /// The tensors named 0, 1, 2 and so on.
  private static List<Tensor> carried(Map<String, Tensor> tensors) {
    var names = IntStream.range(0, tensors.size()).mapToObj(String::valueOf).toList();
    Check.sameNames("checkpoint: carried", Set.copyOf(names), tensors.keySet());
    return names.stream().map(name -> Check.named(tensors, name)).toList();
  }
}
