/// Words to numbers and back.
///
/// ```java
/// var tokenizer = Tokenizer.learn(new Characters(), TokenSettings.standard(), List.of("kang", "kim"));
/// Encoding king = tokenizer.encode("king");              // ids, and where each stands in the text
/// var labels = Labels.of(List.of("Korean", "Italian"));
///
/// List<Item> train =
///     List.of(
///         new Item()
///             .ids("text", king.ids(), tokenizer.vocabulary().pad())
///             .id("label", labels.id("Korean")));
/// for (Batch batch : Batches.of(train).withSize(64).shuffled(random)) {
///   // batch.ids("text").ids() (B,T), batch.ids("text").lengths() (B), batch.ids("label").ids() (B)
/// }
/// tokenizer.save(Path.of("model/tokens.json"));
/// ```
///
/// Ids leave this room as `int[]`; it knows no tensors and reads no data. Nothing here draws from a
/// generator it was not given.
///
/// Letters: B items, T steps.
///
/// Open first: [sequor.text.Tokenizer], [sequor.text.Vocabulary], [sequor.text.Batches].
@NullMarked
package sequor.text;

import org.jspecify.annotations.NullMarked;
