package sequor.tasks.classify;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import sequor.tasks.classify.NGramsFile.DamagedException;

/// A [LogisticNGrams] as bytes.
///
/// ```
/// words(1) shortest(1) longest(1) penalty(8)
/// regressions(4) ngrams(4)
/// hash(8) of each n-gram, in the order of their numbers
/// weight(4) of each n-gram and the constant(4), regression by regression
/// ```
final class LogisticBytes {
  private LogisticBytes() {}

  static void write(LogisticNGrams model, DataOutputStream out) throws IOException {
    NaiveBayesBytes.writeKind(model.ngrams(), out);
    out.writeDouble(model.penalty());
    out.writeInt(model.weights().length);
    out.writeInt(model.index().size());
    NaiveBayesBytes.writeIndex(model.index(), out);
    for (float[] weights : model.weights()) {
      for (float weight : weights) {
        out.writeFloat(weight);
      }
    }
  }

  static LogisticNGrams read(DataInputStream in, int classes, long bytes) throws IOException {
    var kind = NaiveBayesBytes.readKind(in);
    double penalty = in.readDouble();
    int regressions = in.readInt();
    int ngrams = in.readInt();
    boolean sound =
        penalty > 0
            && regressions == LogisticNGrams.regressions(classes)
            && ngrams >= 0
            && 8L * ngrams + 4L * regressions * (ngrams + 1L)
                <= bytes; // before a byte is allocated
    if (!sound) {
      throw new DamagedException("sizes that do not fit");
    }
    var index = NaiveBayesBytes.readIndex(in, ngrams);
    float[][] weights = new float[regressions][ngrams + 1];
    for (float[] row : weights) {
      for (int f = 0; f < row.length; f++) {
        row[f] = in.readFloat();
        if (!Float.isFinite(row[f])) {
          throw new DamagedException("a weight that is no number");
        }
      }
    }
    return new LogisticNGrams(kind, penalty, index, weights);
  }
}
