/// How fast things are: JMH benchmarks in pairs that differ in one thing only.
///
/// Each benchmark runs once on the scalar and once on the vector kernels. The results of a known
/// machine stand in this room's README.
@NullMarked
package sequor.benchmarks;

import org.jspecify.annotations.NullMarked;
