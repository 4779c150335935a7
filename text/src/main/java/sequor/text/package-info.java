/// Words to numbers and back.
///
/// ```java
/// Table table = TableReader.csv().read(Path.of("surnames.csv"));
/// DataSet<Example> surnames =
///     table.splitBy("split").map(Example.columns("surname", "nationality"));
///
/// Codec codec =
///     Codec.learn(
///         new CharacterTokenizer(), surnames.train().stream().map(Example::text).toList());
/// Labels labels = Labels.of(surnames.train().stream().map(Example::label).toList());
/// List<Sequence> train =
///     surnames.train().stream()
///         .map(x -> Sequence.labelled(codec.encode(x.text()), labels.id(x.label())))
///         .toList();
///
/// for (Batch batch : Batches.of(train).withSize(64).shuffled(random)) {
///   // batch.ids() (B,T), batch.lengths() (B), batch.targets() (B)
/// }
/// codec.save(Path.of("model/tokenizer.json"));
/// ```
///
/// Ids leave this room as `int[]`; it knows no tensors. Files are UTF-8 and are read strictly: what
/// is wrong with one is said with its line. Nothing here draws from a generator it was not given.
///
/// Letters: B batch, T steps.
///
/// Open first: [sequor.text.Codec], [sequor.text.TableReader], [sequor.text.Batches].
@NullMarked
package sequor.text;

import org.jspecify.annotations.NullMarked;
