package sequor.benchmarks.peers;

import java.util.ArrayList;
import java.util.function.Supplier;
import sequor.kernels.Kernels;
import sequor.kernels.Parallel;
import sequor.speed.Draw;
import sequor.speed.Prediction;
import sequor.speed.TrainingStep;
import sequor.speed.Workload;

/// Sequor itself.
public final class SequorContestant implements Contestant {
  public SequorContestant(int threads) {
    Parallel.threads(threads);
  }

  @Override
  public String version() {
    var kernels = Kernels.best();
    return "Sequor %s (%s kernels, %d lanes)"
        .formatted(Versions.of("sequor"), kernels.name(), kernels.lanes());
  }

  @Override
  public Step prepare(Work work) {
    return switch (work) {
      case Work.Train(var workload) -> Step.of(train(workload, TrainingStep.full(workload)));
      case Work.TrainOnLengths lengths -> trainOnLengths(lengths);
      case Work.TrainTransformer(var workload) -> Step.of(SequorTransformer.training(workload));
      case Work.Translate(var workload, int beam) -> SequorTransformer.translation(workload, beam);
      case Work.TrainForecaster(var workload) -> Step.of(SequorForecaster.training(workload));
      case Work.PredictForecaster(var workload) -> Step.of(SequorForecaster.prediction(workload));
      case Work.TrainTagger(var workload) -> Step.of(SequorTagger.training(workload));
      case Work.PredictTagger(var workload) -> Step.of(SequorTagger.prediction(workload));
      case Work.Predict(var workload) -> Step.of(new Prediction(workload, new Draw(workload))::run);
      case Work.Multiply(var product) -> Step.of(product.work(), product::firstRow);
    };
  }

  private static Supplier<float[]> train(Workload workload, int[] lengths) {
    var step = new TrainingStep(workload, lengths, new Draw(workload));
    return () -> new float[] {step.run()};
  }

  private static Step trainOnLengths(Work.TrainOnLengths work) {
    var steps = new ArrayList<Supplier<float[]>>();
    for (int i = 0; i < work.lengths().size(); i++) {
      steps.add(train(work.padded(i), work.lengths().get(i)));
    }
    return Step.of(Step.all(steps));
  }
}
