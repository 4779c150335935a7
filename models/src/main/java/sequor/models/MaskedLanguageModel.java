package sequor.models;

import java.util.random.RandomGenerator;
import sequor.nn.Init;
import sequor.nn.LayerNorm;
import sequor.nn.Linear;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.tensor.Ids;
import sequor.tensor.Tensor;

/// Says which tokens stand where some of a text are hidden, by what stands on both sides of them.
///
/// ```
/// h = encoder(ids)                                          (B,T,H)
/// s = norm(f(W·h + c)) at the places that are asked for     (M,H)
/// logits = s·Eᵀ + b                                         (M,V), E the tokens' own vectors
/// ```
///
/// f is the encoder's. Letters: M places.
///
/// Source: Devlin et al., *BERT: Pre-training of deep bidirectional Transformers* (2019), section
/// 3.1.
public final class MaskedLanguageModel implements NnModule {
  private final BertEncoder encoder;
  private final Head head;

  /// An encoder and a head that have learned nothing yet.
  public MaskedLanguageModel(BertEncoder.Config config, InputSize size, RandomGenerator random) {
    encoder = config.build(size, random);
    var transform = new Linear(config.hiddenSize(), config.hiddenSize(), random);
    BertEncoder.initialize(transform, random);
    head =
        new Head(
            transform,
            new LayerNorm(config.hiddenSize(), config.epsilon()),
            Init.zeros(size.vocabulary()));
  }

  /// @param transform (H,H)
  /// @param bias b (V)
  private record Head(Linear transform, LayerNorm norm, Tensor bias) implements NnModule {
    @Override
    public Parts parts() {
      return Parts.of("transform", transform).and("norm", norm).and("bias", bias);
    }
  }

  /// What the logits of places follow from by the [#output]. // (M,H)
  ///
  /// @param places in the rows one behind the other: b·T + t (M)
  public Tensor hidden(Inputs inputs, Ids places) {
    var hidden = encoder.encode(inputs).hidden(); // (B,T,H)
    var asked =
        hidden
            .reshape(hidden.dim(0) * hidden.dim(1), hidden.dim(2))
            .indexSelect(0, places); // (M,H)
    var said = encoder.config().activation().forward(head.transform.forward(asked));
    return head.norm.forward(said);
  }

  /// From what [#hidden] gives to logits: (M,H) → (M,V).
  public Linear output() {
    return new Linear(encoder.table(), head.bias);
  }

  public BertEncoder encoder() {
    return encoder;
  }

  @Override
  public Parts parts() {
    return Parts.of("encoder", encoder).and("head", head);
  }
}
