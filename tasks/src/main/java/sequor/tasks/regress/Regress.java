package sequor.tasks.regress;

import java.util.List;
import sequor.data.DataSet;
import sequor.models.EncoderConfig;
import sequor.models.Pooling;
import sequor.models.SequenceClassifier;
import sequor.tasks.InProgram;

/// Trains regressors in a program, with neither files nor recipes.
///
/// ```java
/// var regressor = Regress.with(RecurrentEncoder.gru(64)).epochs(20).seed(7).train(examples);
/// ```
///
/// Each method gives a new one, so that one can be the beginning of several trainings.
public final class Regress extends InProgram<Regress> {
  private final RegressorConfig.Target target;

  private Regress(Plan plan, RegressorConfig.Target target) {
    super(plan);
    this.target = target;
  }

  /// Regressors with that encoder, which read characters.
  public static Regress with(EncoderConfig encoder) {
    var head = new SequenceClassifier.Head(Pooling.LAST, 0, 0.1f);
    return new Regress(Plan.of(encoder, head).watching("rmse"), RegressorConfig.Target.NUMBER);
  }

  @Override
  protected Regress with(Plan plan) {
    return new Regress(plan, target);
  }

  /// Says one of the numbers that there are, such as 1 to 5 stars, of which only the order means
  /// something.
  public Regress levels() {
    return new Regress(plan(), RegressorConfig.Target.LEVELS);
  }

  /// Learns from nine in ten of these examples, and stops when it gets no better on the tenth.
  ///
  /// @throws sequor.data.DataException if there are no examples
  public Regressor train(List<Example> examples) {
    return train(DataSet.split(examples, PARTS, seed().child("split").generator()));
  }

  /// Learns from the training examples, and stops when it gets no better on those to validate; with
  /// none to validate those to learn from tell when to stop.
  ///
  /// @throws sequor.data.DataException if there are no examples
  public Regressor train(DataSet<Example> examples) {
    boolean pairs = pairs(RegressTask.NAME, examples, Example::isPair);
    var begun = begun(examples, Example::text, pairs, RegressorConfig.Columns.class);
    var more = new RegressorConfig.More(1, target);
    var job = new RegressJob(more, training(), false, begun, validated(examples), seed());
    run(job);
    return job.predictor();
  }
}
