/// `task: embed`: a vector for every word of a text, and vectors for words that are made of the
/// same pieces.
///
/// ```java
/// Embedder ships = Embed.skipGram(100).epochs(5).seed(1).train(texts);
/// ships.predict("sail").words();                        // the words that are nearest
/// ships.vectors().write(Path.of("ships.vec"));          // for any other program
/// ```
///
/// ```
/// texts → Corpus → Kept → Round → Tables → WordVectors
/// ```
///
/// Letters: D numbers of a word, V words, N inputs and M outputs of a window.
///
/// Open first: [sequor.tasks.embed.Embed], [sequor.tasks.embed.EmbedModel], and for how it is done
/// the class `Round` and the kernels [sequor.kernels.Embeddings].
@NullMarked
package sequor.tasks.embed;

import org.jspecify.annotations.NullMarked;
