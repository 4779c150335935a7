/// Complete small programs a newcomer reads, from gradients by hand to a Transformer block.
///
/// Each is one page, read from top to bottom: what it shows and the equations above, then the
/// program, which checks its own claim. `examples/README.md` lists them in order and tells how to
/// run them.
///
/// Open first: [TwoLayerByHand], [TwoLayerByAutograd], [CustomModule].
@NullMarked
package sequor.examples;

import org.jspecify.annotations.NullMarked;
