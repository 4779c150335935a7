package sequor.testkit;

import java.util.ArrayList;
import java.util.List;
import sequor.tensor.Ids;
import sequor.tensor.LinearChain.Scores;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// Linear chains of plain ops, row by row as they are alone: no padding, no fusion.
final class ComposedChain {
  private ComposedChain() {}

  /// (B,T,N) → (B).
  static Tensor logPartition(Tensor emissions, Scores scores, Spans spans) {
    return ofRows(
        emissions,
        spans,
        (row, x) -> {
          var a = scores.start().plus(x.select(0, 0)); // (N)
          for (int t = 1; t < x.dim(0); t++) {
            var into = a.unsqueeze(1).plus(scores.transitions()); // (N,N)
            a = into.logSumExp(0).plus(x.select(0, t));
          }
          return a.plus(scores.end()).logSumExp(0);
        });
  }

  /// (B,T,N) → (B).
  static Tensor loss(Tensor emissions, Ids tags, Scores scores, Spans spans) {
    var all = logPartition(emissions, scores, spans);
    var path =
        ofRows(
            emissions,
            spans,
            (row, x) -> {
              int first = spans.start(row);
              int last = spans.end(row) - 1;
              var sum =
                  scores
                      .start()
                      .select(0, tags.get(row, first))
                      .plus(scores.end().select(0, tags.get(row, last)));
              for (int t = first; t <= last; t++) {
                int tag = tags.get(row, t);
                sum = sum.plus(x.select(0, t - first).select(0, tag));
                sum =
                    t == first
                        ? sum
                        : sum.plus(
                            scores.transitions().select(0, tags.get(row, t - 1)).select(0, tag));
              }
              return sum;
            });
    return all.minus(path);
  }

  /// What becomes of the real steps of a row, (L,N) → (); 0 where there are none.
  private interface Row {
    Tensor of(int row, Tensor steps);
  }

  private static Tensor ofRows(Tensor emissions, Spans spans, Row row) {
    List<Tensor> results = new ArrayList<>();
    for (int b = 0; b < spans.batch(); b++) {
      results.add(
          spans.length(b) == 0
              ? Tensor.of(0)
              : row.of(b, emissions.select(0, b).slice(0, spans.start(b), spans.end(b))));
    }
    return Tensor.stack(0, results);
  }
}
