/// Pre-training: an encoder learns from texts that nobody has labelled, by saying tokens that were
/// hidden. What it has learned is where classifiers and other models of texts can begin.
///
/// ```java
/// MaskFiller filler = Pretrain.with(BertEncoder.Config.of(128, 2, 2)).epochs(10).train(texts);
/// filler.fill("the old [MASK] sank.").gaps().getFirst();       // boat 0.31, ship 0.22, …
/// filler.save(Path.of("models/sea"));
/// Classify.with(BertEncoder.Config.pretrained("models/sea")).train(reviews);
/// ```
///
/// The folder is also that of a published BERT: `config.json` and `model.safetensors` have its
/// names.
///
/// Open first: [sequor.tasks.pretrain.Pretrain], [sequor.tasks.pretrain.Masking],
/// [sequor.tasks.pretrain.PretrainJob].
@NullMarked
package sequor.tasks.pretrain;

import org.jspecify.annotations.NullMarked;
