package sequor.tasks.regress;

import java.util.Optional;
import sequor.Seed;
import sequor.json.JsonObject;
import sequor.models.Ensemble;
import sequor.models.SequenceClassifier;
import sequor.models.TokenVectors;
import sequor.tasks.TextConfig;
import sequor.tensor.Tensor;
import sequor.text.Tokenizer;

/// What the numbers of the training split are to a network: what it says of a text, what it should
/// say, and which number that is.
///
/// Letters: B texts of a batch, S numbers that are said of each.
sealed interface Scale permits Interval, Levels {
  /// Networks that have learned nothing yet.
  Ensemble<SequenceClassifier> network(
      TextConfig config,
      Tokenizer tokenizer,
      Optional<TokenVectors> vectors,
      int members,
      Seed seed);

  /// What a network is to say of a text with that number. // (S)
  float[] target(double value);

  /// How far what networks say is from that, in the mean of a batch.
  ///
  /// @param logits (B,S)
  /// @param targets (B,S)
  Tensor loss(Tensor logits, Tensor targets);

  /// What is said together, by the logits of one network. // (B,S)
  Tensor said(Tensor logits);

  /// The number of a text.
  ///
  /// @param said (S)
  double value(double[] said);

  /// The number of each text so that it has a slope, in the unit of the numbers. // (B,S) → (B)
  Tensor expected(Tensor logits);

  /// How far what is said of a text is from what is right.
  ///
  /// @param said (S)
  double loss(double value, double[] said);

  /// What is said where the text is not looked at.
  double constant();

  /// That in words.
  String constantly();

  /// As `config.json` has it.
  JsonObject json();
}
