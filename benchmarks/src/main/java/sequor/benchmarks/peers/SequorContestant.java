package sequor.benchmarks.peers;

import java.util.ArrayList;
import sequor.kernels.Kernels;
import sequor.kernels.Parallel;
import sequor.speed.Prediction;
import sequor.speed.TrainingStep;

/// Sequor itself.
public final class SequorContestant implements Contestant {
  private static final long SEED = 1;

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
  public Runnable prepare(Work work) {
    return switch (work) {
      case Work.Train(var workload) -> new TrainingStep(workload, SEED)::run;
      case Work.TrainOnLengths lengths -> trainOnLengths(lengths);
      case Work.Predict(var workload) -> new Prediction(workload, SEED)::run;
      case Work.Multiply(var product) -> product.work();
    };
  }

  private static Runnable trainOnLengths(Work.TrainOnLengths work) {
    var steps = new ArrayList<TrainingStep>();
    for (int i = 0; i < work.lengths().size(); i++) {
      steps.add(new TrainingStep(work.padded(i), work.lengths().get(i), SEED));
    }
    return () -> steps.forEach(TrainingStep::run);
  }
}
