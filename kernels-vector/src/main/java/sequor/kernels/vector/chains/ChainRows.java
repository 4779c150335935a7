package sequor.kernels.vector.chains;

import sequor.kernels.Chains.Scores;
import sequor.kernels.Chains.Size;
import sequor.kernels.HeapFloats;
import sequor.kernels.HeapInts;
import sequor.kernels.Recurrences.Span;
import sequor.kernels.vector.simd.Lanes;

/// The rows of a batch, their real steps counted from 0, and what is scored there.
final class ChainRows {
  final int batch;
  final int n;

  /// N in whole vectors.
  final int width;

  final float[] emissions;
  final float[] transitions;
  final float[] start;
  final float[] end;
  private final int[] tags;
  private final int[] firsts; // of each row, among the B·T places
  private final int[] lengths;

  ChainRows(Scores scores, Span span, Size size) {
    batch = size.batch();
    n = size.tags();
    width = Lanes.whole(n + Lanes.L - 1);
    emissions = HeapFloats.of(scores.emissions());
    transitions = HeapFloats.of(scores.transitions());
    start = HeapFloats.of(scores.start());
    end = HeapFloats.of(scores.end());
    tags = HeapInts.of(scores.tags());
    firsts = new int[batch];
    lengths = new int[batch];
    for (int b = 0; b < batch; b++) {
      int from = span.starts().get(b);
      firsts[b] = b * size.steps() + from;
      lengths[b] = span.ends().get(b) - from;
    }
  }

  /// Into how many blocks the rows are cut.
  int blocks() {
    return Math.ceilDiv(batch, ChainLoops.ROWS);
  }

  /// The row after the last of a block.
  int endOf(int block) {
    return Math.min(batch, (block + 1) * ChainLoops.ROWS);
  }

  int longestOf(int block) {
    int longest = 0;
    for (int b = block * ChainLoops.ROWS; b < endOf(block); b++) {
      longest = Math.max(longest, lengths[b]);
    }
    return longest;
  }

  int length(int b) {
    return lengths[b];
  }

  /// Which of the B·T places step `t` of a row is.
  int place(int b, int t) {
    return firsts[b] + t;
  }

  /// Where its N numbers begin.
  int at(int b, int t) {
    return place(b, t) * n;
  }

  boolean tagged() {
    return tags.length > 0;
  }

  int tag(int b, int t) {
    return tags[place(b, t)];
  }

  /// What the tags of a row score.
  double score(int b) {
    double score = start[tag(b, 0)] + end[tag(b, length(b) - 1)];
    for (int t = 0; t < length(b); t++) {
      score += emissions[at(b, t) + tag(b, t)];
      score += t > 0 ? transitions[tag(b, t - 1) * n + tag(b, t)] : 0;
    }
    return score;
  }
}
