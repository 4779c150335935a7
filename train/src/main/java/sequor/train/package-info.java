/// Learning: optimizers, schedules, clipping, metrics, checkpoints, and the Trainer.
///
/// ```java
/// var adam = new Adam(model.parameters(), 0.001f);
/// for (var batch : batches) {
///   try (var tape = Tape.open(random)) {       // training: gradients, and dropout
///     var loss = model.forward(batch.x()).crossEntropy(batch.y());
///     tape.backward(loss);
///     Clipping.byNorm(1).apply(model.parameters());
///     adam.step();                             // applies the gradients and clears them
///   }
/// }
/// ```
///
/// A [Trainer] is that loop, with schedules, early stopping, checkpoints and exact resume around
/// it.
///
/// Names, formulas and defaults are PyTorch's. Epochs and steps are numbered from 1; a [Schedule]
/// is asked with the number of steps, or epochs, that are done.
///
/// Open first: [Trainer], [Optimizer], [ConfusionMatrix].
@NullMarked
package sequor.train;

import org.jspecify.annotations.NullMarked;
