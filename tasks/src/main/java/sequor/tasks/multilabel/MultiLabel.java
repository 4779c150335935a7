package sequor.tasks.multilabel;

import java.util.List;
import sequor.data.DataSet;
import sequor.models.EncoderConfig;
import sequor.models.Pooling;
import sequor.models.SequenceClassifier;
import sequor.tasks.InProgram;

/// Trains labelers in a program, with neither files nor recipes.
///
/// ```java
/// var labeler = MultiLabel.with(RecurrentEncoder.gru(64)).epochs(20).seed(7).train(examples);
/// ```
///
/// Each method gives a new one, so that one can be the beginning of several trainings.
public final class MultiLabel extends InProgram<MultiLabel> {
  private MultiLabel(Plan plan) {
    super(plan);
  }

  /// Labelers with that encoder, which read characters.
  public static MultiLabel with(EncoderConfig encoder) {
    var head = new SequenceClassifier.Head(Pooling.LAST, 0, 0.1f);
    return new MultiLabel(Plan.of(encoder, head).watching("micro_f1"));
  }

  @Override
  protected MultiLabel with(Plan plan) {
    return new MultiLabel(plan);
  }

  /// Learns from nine in ten of these examples, and stops when it gets no better on the tenth.
  ///
  /// @throws sequor.data.DataException if there are no examples
  public MultiLabeler train(List<Example> examples) {
    return train(DataSet.split(examples, PARTS, seed().child("split").generator()));
  }

  /// Learns from the training examples, and stops when it gets no better on those to validate; with
  /// none to validate those to learn from tell when to stop.
  ///
  /// @throws sequor.data.DataException if there are no examples
  public MultiLabeler train(DataSet<Example> examples) {
    boolean pairs = pairs(MultiLabelTask.NAME, examples, Example::isPair);
    var begun = begun(examples, Example::text, pairs, MultiLabelConfig.Columns.class);
    var more = new MultiLabelConfig.More(1, MultiLabelConfig.Threshold.HALF);
    var job = new MultiLabelJob(more, training(), false, begun, validated(examples), seed());
    run(job);
    return job.predictor();
  }
}
