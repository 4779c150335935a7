package sequor.tasks.translate;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import sequor.models.BeamSearch;
import sequor.models.EncoderDecoder;
import sequor.models.Hypothesis;
import sequor.nn.CrossEntropyLoss;
import sequor.nn.Reduction;
import sequor.tasks.Columns;
import sequor.tensor.Tape;
import sequor.text.Batch;
import sequor.text.Batches;
import sequor.text.Item;
import sequor.text.Vocabulary;

/// What a network says of what it has read, and how surprising it finds what is right.
///
/// @param beam how wide the search is
/// @param read gives the sources of a batch
record Saying(
    EncoderDecoder network,
    BeamSearch search,
    int beam,
    Function<Batch, EncoderDecoder.Sources> read) {
  private static final int SEQUENCES = 64; // that are searched for at once
  private static final int STEPS = 1 << 13;

  /// @param vocabulary of what is said
  /// @throws sequor.settings.SettingsException if a number of the search is out of its range
  static Saying of(
      EncoderDecoder network,
      Vocabulary vocabulary,
      BeamSearch.Config config,
      Function<Batch, EncoderDecoder.Sources> read) {
    var never = List.of(vocabulary.pad(), vocabulary.bos(), vocabulary.unk());
    var marks = new BeamSearch.Marks(vocabulary.bos(), vocabulary.eos(), never);
    return new Saying(network, new BeamSearch(config, marks), config.beam(), read);
  }

  /// Gives how many tokens may be said of each sequence of a batch.
  interface Limits {
    int[] of(Batch batch);
  }

  /// The best that were found of each item, in their order.
  Hypothesis[][] search(List<Item> items, Limits limits) {
    var all = new Hypothesis[items.size()][];
    int rows = Math.max(1, SEQUENCES / beam);
    for (var batch : Batches.of(items).withSize(rows).withTokens(STEPS).byLength()) {
      var found = Tape.inference(() -> search.search(read.apply(batch).begin(), limits.of(batch)));
      for (int b = 0; b < batch.size(); b++) {
        all[batch.rows()[b]] = found.get(b).toArray(Hypothesis[]::new);
      }
    }
    return all;
  }

  /// The mean of −ln of the probability of each right token, where all before it are told.
  ///
  /// @param items with what is told and what is right
  double natsPerToken(List<Item> items) {
    var loss = new CrossEntropyLoss().withIgnoreIndex(Item.IGNORED).withReduction(Reduction.SUM);
    double sum = 0;
    long tokens = 0;
    for (var batch : Batches.of(items).withSize(SEQUENCES).withTokens(STEPS).byLength()) {
      var told = Columns.ids(batch, PairReader.TOLD);
      var spans = Columns.spans(batch, PairReader.TOLD);
      var next = Columns.ids(batch, PairReader.NEXT);
      sum +=
          Tape.inference(
              () -> loss.of(read.apply(batch).hidden(told, spans), network.head(), next).item());
      tokens += Arrays.stream(batch.ids(PairReader.NEXT).lengths()).sum();
    }
    return tokens == 0 ? 0 : sum / tokens;
  }
}
