/// Networks put together from layers: what reads a sequence, and what says something about it.
///
/// ```java
/// var size = InputSize.ofIds(tokenizer.vocabulary().size(), tokenizer.vocabulary().pad());
/// var encoder = RecurrentEncoder.gru(128).build(size, random);   // columns → (B,T,H)
/// var network = new SequenceClassifier(encoder, Head.standard(), 3, random);
/// var logits = network.forward(inputs);                          // (B,3)
/// ```
///
/// An [sequor.models.Encoder] of your own is one file: the module, a record of its settings, and an
/// [sequor.models.EncoderKind] that gives it a name.
///
/// Letters: B batch, T steps, D input size, H hidden size, V vocabulary, C classes.
///
/// Open first: [sequor.models.Encoder], [sequor.models.SequenceClassifier],
/// [sequor.models.LanguageModel].
@NullMarked
package sequor.models;

import org.jspecify.annotations.NullMarked;
