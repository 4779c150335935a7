package sequor.models;

import java.util.random.RandomGenerator;
import sequor.nn.Dropout;
import sequor.nn.Linear;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.tensor.Tensor;

/// Reads a sentence and says a tag for each of its words (synchronised many-to-many).
///
/// ```
/// words → vectors (B,T,D) → encoder (B,T,H) → dropout, linear → logits (B,T,C)
/// ```
///
/// Source: Huang, Xu and Yu, *Bidirectional LSTM-CRF models for sequence tagging* (2015), section
/// 2.
public final class SequenceTagger implements NnModule {
  private final WordEmbedding words;
  private final Encoder encoder;
  private final Dropout dropout;
  private final Linear head;

  /// @param encoder reads vectors of [WordEmbedding#width] numbers
  /// @param dropout before the head
  /// @param tags C
  public SequenceTagger(
      WordEmbedding words, Encoder encoder, float dropout, int tags, RandomGenerator random) {
    this.words = words;
    this.encoder = encoder;
    this.dropout = new Dropout(dropout);
    this.head = new Linear(encoder.hiddenSize(), tags, random);
  }

  /// How much each tag is for each word; where a step is padding they mean nothing. // (B,T,C)
  public Tensor forward(Inputs inputs) {
    var spans = inputs.spans(Inputs.TEXT);
    var x = new Inputs().and(Inputs.TEXT, words.forward(inputs), spans); // (B,T,D)
    return head.forward(dropout.forward(encoder.encode(x).hidden())); // (B,T,C)
  }

  @Override
  public Parts parts() {
    return Parts.of("words", words).and("encoder", encoder).and("head", head);
  }
}
