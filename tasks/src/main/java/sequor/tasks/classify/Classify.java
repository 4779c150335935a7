package sequor.tasks.classify;

import java.util.List;
import java.util.Optional;
import sequor.data.DataSet;
import sequor.json.Json;
import sequor.models.EncoderConfig;
import sequor.models.SequenceClassifier;
import sequor.settings.Places;
import sequor.settings.Settings;
import sequor.tasks.InProgram;
import sequor.tasks.TeacherSettings;

/// Trains classifiers in a program, with neither files nor recipes.
///
/// ```java
/// var classifier = Classify.with(RecurrentEncoder.gru(128)).epochs(10).seed(7).train(reviews);
/// ```
///
/// Each method gives a new one, so that one can be the beginning of several trainings.
public final class Classify extends InProgram<Classify> {
  private final LossSettings loss;
  private final Optional<Teacher> teacher;
  private final ClassifierConfig.More more;

  private Classify(
      Plan plan, LossSettings loss, Optional<Teacher> teacher, ClassifierConfig.More more) {
    super(plan);
    this.loss = loss;
    this.teacher = teacher;
    this.more = more;
  }

  /// Classifiers with that encoder, which read characters.
  public static Classify with(EncoderConfig encoder) {
    return new Classify(
        Plan.of(encoder, SequenceClassifier.Head.standard()),
        LossSettings.standard(),
        Optional.empty(),
        ClassifierConfig.More.standard());
  }

  @Override
  protected Classify with(Plan plan) {
    return new Classify(plan, loss, teacher, more);
  }

  /// What counts how much.
  public Classify loss(LossSettings loss) {
    return new Classify(plan(), loss, teacher, more);
  }

  /// Learns from a larger classifier too, which has the same labels (distillation).
  ///
  /// @param how much its word counts, and how softly it says it; the path in it is not read
  public Classify from(Classifier larger, TeacherSettings how) {
    return new Classify(plan(), loss, Optional.of(new Teacher(larger, how)), more);
  }

  /// Makes probabilities as sure as they are right on the examples that are held back.
  public Classify calibrated() {
    return new Classify(plan(), loss, teacher, more.calibrated());
  }

  /// Learns from nine in ten of these examples, and stops when it gets no better on the tenth.
  ///
  /// @throws sequor.data.DataException if there are no examples
  public Classifier train(List<Example> examples) {
    var random = seed().child("split").generator();
    return train(DataSet.stratified(examples, PARTS, Example::label, random));
  }

  /// Learns from the training examples, and stops when it gets no better on those to validate; with
  /// none to validate those to learn from tell when to stop.
  ///
  /// @throws sequor.data.DataException if there are no examples
  public Classifier train(DataSet<Example> examples) {
    var labels = ClassifyTask.labels(examples.train().map(Example::label));
    boolean pairs = pairs(ClassifyTask.NAME, examples, Example::isPair);
    var begun = begun(examples, Example::text, pairs, ClassifierConfig.Columns.class);
    var config = new ClassifierConfig(begun.config(), more);
    var floor = new Settings(Json.object(), "floor.", Places.NOWHERE);
    var plan =
        new ClassifyJob.Plan(loss, teacher, training(), new NaiveBayesFloor(), floor, false, false);
    var job =
        new ClassifyJob(
            config, plan, begun.tokenizer(), labels, begun.vectors(), validated(examples), seed());
    run(job);
    return job.predictor();
  }
}
