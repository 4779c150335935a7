package sequor.tasks.classify;

import java.util.List;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.models.EncoderConfig;
import sequor.models.SequenceClassifier;
import sequor.settings.Places;
import sequor.settings.Settings;
import sequor.tasks.FrameReader;
import sequor.tasks.InProgram;
import sequor.tasks.ModelConfig;

/// Trains classifiers of sequences of vectors in a program, with neither files nor recipes.
///
/// ```java
/// var classifier = ClassifyFrames.with(RecurrentEncoder.gru(32)).epochs(20).train(motions);
/// ```
///
/// Each method gives a new one, so that one can be the beginning of several trainings.
public final class ClassifyFrames extends InProgram<ClassifyFrames> {
  private ClassifyFrames(Plan plan) {
    super(plan);
  }

  /// Classifiers with that encoder.
  public static ClassifyFrames with(EncoderConfig encoder) {
    return new ClassifyFrames(Plan.of(encoder, SequenceClassifier.Head.standard()));
  }

  @Override
  protected ClassifyFrames with(Plan plan) {
    return new ClassifyFrames(plan);
  }

  /// Learns from nine in ten of these examples, and stops when it gets no better on the tenth.
  ///
  /// @throws sequor.data.DataException if there are no examples
  public FrameClassifier train(List<FrameExample> examples) {
    var random = seed().child("split").generator();
    return train(DataSet.stratified(examples, PARTS, FrameExample::label, random));
  }

  /// Learns from the training examples, and stops when it gets no better on those to validate; with
  /// none to validate those to learn from tell when to stop.
  ///
  /// @throws sequor.data.DataException if there are no examples
  public FrameClassifier train(DataSet<FrameExample> examples) {
    var labels = ClassifyTask.labels(examples.train().map(FrameExample::label));
    int width = examples.train().toList().getFirst().frames().width();
    var plan = plan();
    var reader = FrameReader.of(width, plan.tokens());
    var job =
        new FrameJob(
            settings(plan, reader),
            FrameJob.learned(reader, examples),
            labels,
            validated(examples),
            new Seed(plan.training().seed()));
    run(job);
    return job.predictor();
  }

  private static Settings settings(Plan plan, FrameReader reader) {
    JsonObject json =
        Json.object()
            .with("data", Json.object().with("values", reader.columns()).with("missing", "mean"))
            .with("tokens", Settings.json(plan.tokens()))
            .with("model", ModelConfig.encoder(plan.encoder()).with(Settings.json(plan.head())))
            .with("training", Settings.json(plan.training()));
    return new ClassifyTask().schema().complete(json, Places.NOWHERE);
  }
}
