package sequor.models;

import java.util.random.RandomGenerator;
import sequor.nn.Bridge;
import sequor.nn.Highway;

/// What a recurrent layer passes on to the one above.
public enum Connection {
  /// Its hidden states.
  PLAIN,
  /// These, normalised ([Bridge#layerNorm]).
  LAYER_NORM,
  /// These or its input, as a gate chooses ([Highway]).
  HIGHWAY;

  static final String ABOUT = "between layers: plain, layer_norm or highway";

  Bridge bridge(int inputSize, int hiddenSize, RandomGenerator random) {
    return switch (this) {
      case PLAIN -> Bridge.plain();
      case LAYER_NORM -> Bridge.layerNorm(hiddenSize);
      case HIGHWAY -> new Highway(inputSize, hiddenSize, random);
    };
  }
}
