package sequor.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sequor.nn.Sampler;

/// Draws sequences that an [EncoderDecoder] says, token by token.
///
/// @param sampler how a token is drawn
/// @param marks what stands around a sequence
public record SampledSearch(Sampler sampler, BeamSearch.Marks marks) {
  /// A sequence for each row.
  ///
  /// @param start rows before their first token
  /// @param limits how many tokens a sequence has at most, row by row
  /// @param randoms a generator for each row, so that none depends on its neighbors
  public List<Hypothesis> draw(Decoding start, int[] limits, List<RandomGenerator> randoms) {
    var drawn = IntStream.range(0, start.rows()).mapToObj(_ -> new ArrayList<Integer>()).toList();
    var logs = new double[start.rows()];
    var ended = new boolean[start.rows()];
    int[] live = IntStream.range(0, start.rows()).toArray();
    int[] last = IntStream.generate(marks::bos).limit(live.length).toArray();
    var now = start;
    while (live.length > 0) {
      var step = now.step(last);
      int size = step.logits().dim(1);
      float[] all = step.logits().toArray();
      float[] sure = step.logits().logSoftmax().toArray();
      var on = new ArrayList<Integer>(); // rows of this step that go on
      for (int r = 0; r < live.length; r++) {
        float[] logits = Arrays.copyOfRange(all, r * size, (r + 1) * size);
        marks.never().forEach(token -> logits[token] = Float.NEGATIVE_INFINITY);
        int token = sampler.sample(logits, randoms.get(live[r]));
        logs[live[r]] += sure[r * size + token];
        ended[live[r]] = token == marks.eos();
        if (!ended[live[r]]) {
          drawn.get(live[r]).add(token);
          if (drawn.get(live[r]).size() < limits[live[r]]) {
            on.add(r);
          }
        }
      }
      int[] rows = on.stream().mapToInt(r -> r).toArray();
      int[] before = live;
      live = IntStream.of(rows).map(r -> before[r]).toArray();
      last = IntStream.of(live).map(row -> drawn.get(row).getLast()).toArray();
      if (rows.length > 0) {
        now = rows.length == before.length ? step.next() : step.next().select(rows);
      }
    }
    return IntStream.range(0, drawn.size())
        .mapToObj(
            row -> {
              int[] tokens = drawn.get(row).stream().mapToInt(token -> token).toArray();
              return new Hypothesis(tokens, logs[row], logs[row], ended[row], new float[0][]);
            })
        .toList();
  }
}
