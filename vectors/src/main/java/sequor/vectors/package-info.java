/// Words and their vectors on disk: GloVe's, word2vec's and fastText's files.
///
/// ```java
/// var vectors = WordVectors.read(Path.of("glove.6B.100d.txt"));
/// vectors.vector("king");                                        // 100 numbers
/// var few = WordVectors.read(Path.of("cc.ko.300.bin"), words);   // only what is wanted
/// few.write(Path.of("few.vec"));
/// ```
///
/// A format of your own is one [sequor.vectors.VectorFormat].
///
/// Letters: V words, D numbers of a vector.
///
/// Open first: [sequor.vectors.WordVectors], [sequor.vectors.VectorFormat],
/// [sequor.vectors.Subwords].
@NullMarked
package sequor.vectors;

import org.jspecify.annotations.NullMarked;
