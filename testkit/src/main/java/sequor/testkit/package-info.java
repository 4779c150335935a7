/// How we prove things: twins and generators, beside the engine's [sequor.tensor.GradientCheck].
///
/// ```java
/// var x = new Generators(42).tensor(3, 4);
/// GradientCheck.of(() -> Op.apply(new MyRelu(x))).with("x", x).run();
/// Twins.assertClose(x.maximum(0), Op.apply(new MyRelu(x)));
/// ```
///
/// For tests, ours and yours: every failure is an [AssertionError] that names the worst place. The
/// kit's own tests are the proofs of the room `tensor`, which cannot use a kit that is made of it.
///
/// Open first: [Twins], [Generators].
@NullMarked
package sequor.testkit;

import org.jspecify.annotations.NullMarked;
