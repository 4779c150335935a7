package sequor.models;

import sequor.nn.Linear;
import sequor.nn.NnModule;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// Reads one sequence and says another.
///
/// ```java
/// var sources = network.read(ids, spans);                         // (B,S)
/// var logits = network.head().forward(sources.hidden(told, of));  // (B,T,V), all steps at once
/// var step = sources.begin().step(bos);                           // (B,V), one step behind another
/// ```
///
/// Both ways of saying give the same: the first where what is right is known, as in training, the
/// second where each token follows from those before it ([BeamSearch]).
public interface EncoderDecoder extends NnModule {
  /// Sequences that were read.
  interface Sources {
    /// From what is said at each step the logits follow by the [#head], given the tokens up to that
    /// step. // (B,T,H)
    ///
    /// @param told the tokens, the first of them `<bos>` (B,T)
    Tensor hidden(Ids told, Spans spans);

    /// What the encoder made of each step. // (B,S,H)
    Tensor states();

    /// Before the first token.
    Decoding begin();
  }

  /// Reads sequences.
  ///
  /// @param ids (B,S)
  Sources read(Ids ids, Spans spans);

  /// Reads sequences of vectors.
  ///
  /// @param steps (B,S,N)
  Sources read(Tensor steps, Spans spans);

  /// From hidden states to logits: (…,H) → (…,V).
  Linear head();
}
