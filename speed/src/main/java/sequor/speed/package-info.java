/// How fast a training step, a prediction and the machine itself are.
///
/// ```java
/// var sizes = new Workload.Sizes(64, 40, 256, 512, 80, 80);
/// var workload = Workload.of(Workload.Cell.LSTM, sizes).atEveryStep();
/// var timings = Stopwatch.warm().measure(new TrainingStep(workload, 1)::run, 20);
/// timings.medianNanos();
/// ```
///
/// A workload is a model and a batch by their sizes alone; the numbers in them are random. What is
/// measured is what a user of the layers would write, from the ids to the changed parameters, or to
/// the probabilities. Nothing here is fitted to a size.
///
/// Letters: B batch, T steps, D embedding size, H hidden size, V vocabulary, C classes.
///
/// Open first: [Workload], [TrainingStep], [Stopwatch], [Peak].
@NullMarked
package sequor.speed;

import org.jspecify.annotations.NullMarked;
