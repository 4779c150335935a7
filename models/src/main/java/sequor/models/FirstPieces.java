package sequor.models;

import sequor.nn.Parts;
import sequor.tensor.Ids;
import sequor.tensor.Spans;

/// Reads the pieces of a sentence's words, and gives each word the vector of its first piece; what
/// the other pieces become tells the first one of them, and is not asked (Devlin et al. 2019,
/// section 5.3).
///
/// ```
/// pieces (B,P) → encoder (B,P,H) → those at the places of first pieces (B,T,H)
/// ```
///
/// The column [Inputs#TEXT] has a step a word (B,T): the place of its first piece among the pieces
/// of its sentence, marks among them. Parameters have the names that they have in the encoder.
public final class FirstPieces implements Encoder {
  /// The column of the pieces (B,P).
  public static final String PIECES = "pieces";

  private final Encoder encoder;

  /// @param encoder reads ids of pieces
  public FirstPieces(Encoder encoder) {
    this.encoder = encoder;
  }

  @Override
  public int hiddenSize() {
    return encoder.hiddenSize();
  }

  @Override
  public Encoded encode(Inputs inputs) {
    var pieces = Inputs.of(Inputs.TEXT, inputs.ids(PIECES), inputs.spans(PIECES));
    var read = encoder.encode(pieces); // (B,P,H)
    var spans = inputs.spans(Inputs.TEXT);
    int steps = read.hidden().dim(1);
    var rows = rows(inputs.ids(Inputs.TEXT), spans, read.spans(), steps); // (B·T)
    var hidden =
        read.hidden()
            .reshape(spans.batch() * steps, hiddenSize())
            .indexSelect(0, rows)
            .reshape(spans.batch(), spans.steps(), hiddenSize())
            .maskedFill(spans.mask().unsqueeze(2).lessThan(1), 0); // (B,T,H)
    return new Encoded(hidden, spans, read.last());
  }

  /// Where the first piece of each word stands among those of the batch; anywhere for padding.
  private static Ids rows(Ids places, Spans words, Spans pieces, int steps) {
    int[] rows = places.toArray();
    for (int b = 0; b < words.batch(); b++) {
      for (int t = words.start(b); t < words.end(b); t++) {
        rows[b * words.steps() + t] += b * steps + pieces.start(b);
      }
    }
    return Ids.of(rows);
  }

  @Override
  public Parts parts() {
    return encoder.parts();
  }
}
