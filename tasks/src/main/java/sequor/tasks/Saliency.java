package sequor.tasks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import sequor.nn.Inspection;
import sequor.tensor.Ids;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.text.Batch;
import sequor.text.Item;
import sequor.text.Padding;

/// How much each token that was read speaks for a number that a network says, and how much against
/// it: gradient × input.
///
/// ```
/// s[o,t] = Σ_d ∂f_o/∂x_td · x_td           x the vectors of the tokens, f_o what is said
/// ```
///
/// To first order it is what `f_o` would lose if the vector of token t were 0. Dropout is off, and
/// no parameter learns (Denil et al. 2014, *Extraction of salient sentences from labelled
/// documents*, section 4; see [Inspection]).
///
/// Letters: O numbers that are said, T tokens, C classes.
public final class Saliency {
  private static final int AT_ONCE = 32; // numbers, each with a row of its own

  private Saliency() {}

  /// What is said, where the same is read in each row.
  @FunctionalInterface
  public interface Said {
    /// The numbers from `from` on, a row each. // (R)
    ///
    /// @param rows R, how many: each reads what all others read
    Tensor of(int from, int rows);
  }

  /// How much each token adds to each number. // (O,T)
  ///
  /// @param numbers O
  /// @param steps T
  public static List<List<Float>> of(int numbers, int steps, Said said) {
    var all = new ArrayList<List<Float>>();
    for (int from = 0; from < numbers; from += AT_ONCE) {
      int rows = Math.min(AT_ONCE, numbers - from);
      var scale = Tensor.ones(rows, steps, 1).requiresGrad(true);
      try (var _ = Inspection.scaling(scale);
          var tape = Tape.openFor(scale)) {
        tape.backward(said.of(from, rows).sum());
        all.addAll(rows(scale.grad().toArray(), rows, steps));
      }
    }
    return all;
  }

  /// The same item so many times, as the rows of which each says a number of its own.
  public static Batch batch(Item item, int rows) {
    return Batch.of(Collections.nCopies(rows, item), Padding.RIGHT);
  }

  /// Of row r what stands at step `from + r`. // (R,T,X) → (R,X)
  public static Tensor own(Tensor steps, int from) {
    int rows = steps.dim(0);
    int each = steps.dim(1);
    int[] places = new int[rows];
    Arrays.setAll(places, r -> r * each + from + r);
    return steps.reshape(rows * each, steps.dim(2)).indexSelect(0, Ids.of(places));
  }

  /// The logarithm of the probability of a token. // (R,V) → (R)
  ///
  /// @param tokens one a row
  public static Tensor logProbabilities(Tensor logits, int... tokens) {
    return logits.logSoftmax().gather(1, Ids.of(tokens, tokens.length, 1)).squeeze(1);
  }

  /// Numbers as rows.
  static List<List<Float>> rows(float[] values, int rows, int columns) {
    var all = new ArrayList<List<Float>>();
    for (int r = 0; r < rows; r++) {
      var row = new ArrayList<Float>();
      for (int c = 0; c < columns; c++) {
        row.add(values[r * columns + c]);
      }
      all.add(row);
    }
    return all;
  }

  /// How much likelier a class is than all others together: the logarithm of p/(1 − p). Unlike that
  /// of p it does not flatten where p is near 1, and unlike a logit it is one number, whatever is
  /// added to all logits. // (R,C) → (R)
  ///
  /// @param classes one a row
  public static Tensor logOdds(Tensor logits, int... classes) {
    int rows = logits.dim(0);
    int count = logits.dim(1);
    float[] far = new float[rows * count];
    for (int r = 0; r < rows; r++) {
      far[r * count + classes[r]] = Float.NEGATIVE_INFINITY;
    }
    var own = logits.gather(1, Ids.of(classes, rows, 1)).squeeze(1); // (R)
    if (count == 1) {
      return own;
    }
    return own.minus(logits.plus(Tensor.of(far, rows, count)).logSumExp(1)); // (R)
  }

  /// The same class for each of some rows.
  public static int[] repeated(int label, int rows) {
    int[] classes = new int[rows];
    Arrays.fill(classes, label);
    return classes;
  }
}
