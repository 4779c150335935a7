package sequor.tasks.language;

import java.util.List;
import java.util.Optional;
import sequor.models.Ensemble;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.text.Vocabulary;

/// What the networks, and the n-grams if there are any, say together of the token that comes next.
record Speaker(Vocabulary vocabulary, Optional<NGramShare> ngrams) {
  /// The probability of each token.
  ///
  /// @param logits (V) of each network
  /// @param history the tokens so far, or as many of the last as n-grams look at
  double[] probabilities(List<Tensor> logits, int[] history) {
    double[] next = new double[vocabulary.size()];
    var logs = // (V)
        Tape.inference(() -> Ensemble.mean(logits.stream().map(Tensor::softmax).toList()).log());
    Scoring.probabilities(logs.toArray(), 0, next);
    ngrams.ifPresent(share -> share.mixInto(next, history, new double[next.length]));
    return next;
  }

  /// Logits from which the next token is drawn; what is never said, pads, unknown tokens and a
  /// second beginning, is left out.
  ///
  /// @param penalty of the tokens in `seen`; 1 for none
  float[] sayable(List<Tensor> logits, int[] seen, double penalty) {
    float[] values =
        penalty != 1 && logits.size() == 1 && ngrams.isEmpty()
            ? logits.getFirst().toArray()
            : logs(probabilities(logits, seen));
    if (penalty != 1) {
      penalise(values, seen, penalty);
    }
    for (int id : new int[] {vocabulary.pad(), vocabulary.unk(), vocabulary.bos()}) {
      values[id] = Float.NEGATIVE_INFINITY;
    }
    return values;
  }

  private static float[] logs(double[] probabilities) {
    float[] logs = new float[probabilities.length];
    for (int v = 0; v < logs.length; v++) {
      logs[v] = (float) Math.log(probabilities[v]);
    }
    return logs;
  }

  private static void penalise(float[] logits, int[] seen, double penalty) {
    boolean[] done = new boolean[logits.length];
    for (int id : seen) {
      if (!done[id]) {
        logits[id] = (float) (logits[id] > 0 ? logits[id] / penalty : logits[id] * penalty);
        done[id] = true;
      }
    }
  }
}
