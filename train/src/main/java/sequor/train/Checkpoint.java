package sequor.train;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sequor.Seed;
import sequor.json.JsonException;
import sequor.store.StoreException;
import sequor.tensor.Tensor;
import sequor.train.TrainingListener.Epoch;

/// All that is needed to go on with a training to the same bits.
///
/// Generators are not in it: everything random follows from the seed and the progress.
///
/// @param batchesPerStep of how many batches a step takes the mean gradient
/// @param parameters of the module, after the last step
/// @param best the parameters after the best epoch; empty before it
/// @param recent the parameters after each of the last epochs, oldest first, if they are to be
///   averaged
/// @param carried the state that the next batch starts from, if the objective carries one
/// @param history the epochs that are done
public record Checkpoint(
    Seed seed,
    Progress progress,
    int batchesPerStep,
    Map<String, Tensor> parameters,
    Optimizer.State optimizer,
    EarlyStopping.State stopping,
    Optional<ReduceOnPlateau.State> plateau,
    Map<String, Tensor> best,
    List<Map<String, Tensor>> recent,
    List<Tensor> carried,
    List<Epoch> history) {

  public Checkpoint {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    best = Collections.unmodifiableMap(new LinkedHashMap<>(best));
    recent =
        recent.stream().map(all -> Collections.unmodifiableMap(new LinkedHashMap<>(all))).toList();
    carried = List.copyOf(carried);
    history = List.copyOf(history);
    if (history.size() != progress.epochs() || stopping.bestEpoch() > history.size()) {
      throw Check.wrong(
          "checkpoint: %d epochs are done, %d in the history, and epoch %d was best; resume from an earlier"
              + " one",
          progress.epochs(), history.size(), stopping.bestEpoch());
    }
  }

  /// Writes it as one safetensors file, atomically.
  ///
  /// @throws StoreException if that fails; then the file is as it was before
  public void write(Path file) {
    CheckpointFile.write(this, file);
  }

  /// Reads one back.
  ///
  /// @throws StoreException if the file cannot be read, or is cut off
  /// @throws JsonException if what it says about itself is damaged
  /// @throws TrainException if it is no checkpoint, or a number in it has changed
  public static Checkpoint read(Path file) {
    return CheckpointFile.read(file);
  }
}
