package sequor.benchmarks.peers;

import java.util.Arrays;
import java.util.List;
import sequor.speed.MatrixProduct;
import sequor.speed.Workload;

/// What is timed, again and again.
public sealed interface Work extends Task {

  /// One training step on one batch of which every step is real: embedding, recurrent layer, linear
  /// layer, cross-entropy, all gradients, Adam.
  record Train(Workload workload) implements Work {}

  /// One training step on each of several batches.
  ///
  /// @param lengths of the rows of each batch, which is padded to its longest
  record TrainOnLengths(Workload workload, List<int[]> lengths) implements Work {

    /// The workload of one batch: as many rows, and as many steps as the longest row has.
    public Workload padded(int batch) {
      var sizes = workload.sizes();
      int[] rows = lengths.get(batch);
      var padded =
          new Workload.Sizes(
              rows.length,
              Arrays.stream(rows).max().orElseThrow(),
              sizes.embed(),
              sizes.hidden(),
              sizes.classes(),
              sizes.vocabulary());
      return new Workload(
          workload.cell(),
          padded,
          workload.bidirectional(),
          workload.everyStep(),
          workload.stepByStep());
    }
  }

  /// One training step of a Transformer on one batch of which every step is real.
  record TrainTransformer(TransformerWorkload workload) implements Work {}

  /// What a Transformer says of one batch, token by token, as many as it reads.
  ///
  /// @param beam how many beginnings of each sentence Sequor follows; the others always one, the
  ///   likeliest
  record Translate(TransformerWorkload workload, int beam) implements Work {}

  /// One training step of a forecaster.
  record TrainForecaster(ForecastWorkload workload) implements Work {}

  /// What a forecaster says of one batch, without gradients, as a `float[]`.
  record PredictForecaster(ForecastWorkload workload) implements Work {}

  /// One training step of a tagger of words and their letters.
  record TrainTagger(TaggerWorkload workload) implements Work {}

  /// The probabilities of the tags of one batch, without gradients, as a `float[]`.
  record PredictTagger(TaggerWorkload workload) implements Work {}

  /// The probabilities for one batch, without gradients, as a `float[]`.
  record Predict(Workload workload) implements Work {}

  /// One product of matrices.
  record Multiply(MatrixProduct product) implements Work {}
}
