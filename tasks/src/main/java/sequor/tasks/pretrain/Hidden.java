package sequor.tasks.pretrain;

import java.util.Arrays;
import java.util.stream.IntStream;
import sequor.tensor.Ids;
import sequor.text.Batch;
import sequor.text.Item;

/// The tokens of a batch that are to be said.
///
/// @param places in its rows one behind the other: b·T + t (M)
/// @param targets what stands there (M)
record Hidden(Ids places, Ids targets) {
  static Hidden of(Batch batch) {
    int[] targets = batch.ids(Masking.TARGET).ids();
    int[] places =
        IntStream.range(0, targets.length).filter(i -> targets[i] != Item.IGNORED).toArray();
    int[] said = Arrays.stream(places).map(place -> targets[place]).toArray();
    return new Hidden(Ids.of(places), Ids.of(said));
  }
}
