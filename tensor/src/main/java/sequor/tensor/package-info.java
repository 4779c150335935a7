/// Numbers with a shape, and a tape that remembers how they were made.
///
/// ```java
/// var w = Tensor.randn(random, 3, 1).requiresGrad(true);
/// try (var tape = Tape.open()) {          // no tape, no gradient
///   var y = x.matmul(w);                  // (N,3) · (3,1) → (N,1)
///   tape.backward(y.minus(target).square().sum());
/// }
/// w.assign(w.minus(w.grad().times(0.01f)));
/// ```
///
/// A [Tensor] holds float32 numbers, dense and row-major. [Ids] are int32 and a type of their own,
/// so that an id is never multiplied by mistake. What a tape records is an [Op]; a user writes ops
/// of their own as a [CustomOp].
///
/// Letters: B batch, T steps, D input size, H hidden size, V vocabulary, N heads.
///
/// Open first: [Tensor], [Tape], [Op].
@NullMarked
package sequor.tensor;

import org.jspecify.annotations.NullMarked;
