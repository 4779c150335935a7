/// Layers and losses.
///
/// ```java
/// record Tagger(Embedding embedding, Bidirectional<Lstm.State> encoder, Linear head)
///     implements NnModule {
///   public Parts parts() {
///     return Parts.of("embedding", embedding).and("encoder", encoder).and("head", head);
///   }
///
///   Tensor forward(Ids words, Spans spans) {          // (B,T)
///     var x = embedding.forward(words);               // (B,T,D)
///     var hidden = encoder.forward(x, spans).hidden(); // (B,T,2H)
///     return head.forward(hidden);                    // (B,T,C)
///   }
/// }
/// ```
///
/// A layer is its parameters and nothing else: the state of a recurrent layer is passed in and
/// returned, and whether dropout is on is decided by the tape. A trained module can therefore be
/// used by many threads at once. Parameter names, layouts and initial values are PyTorch's.
///
/// Letters: B batch, T steps, D input size, H hidden size, V vocabulary, C classes, N heads.
///
/// Open first: [NnModule], [Linear], [Lstm].
@NullMarked
package sequor.nn;

import org.jspecify.annotations.NullMarked;
