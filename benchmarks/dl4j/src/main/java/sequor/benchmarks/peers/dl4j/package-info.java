/// Deeplearning4j as a peer.
@NullMarked
package sequor.benchmarks.peers.dl4j;

import org.jspecify.annotations.NullMarked;
