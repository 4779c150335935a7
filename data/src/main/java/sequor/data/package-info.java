/// Files to examples and back.
///
/// ```java
/// Source<Row> rows = TableReader.csv().open(Path.of("films.csv"));   // read anew each time
/// try (var cursor = rows.map(row -> row.field("review")).open()) {
///   cursor.forEachRemaining(IO::println);
/// }
/// DataSet<Row> parts =
///     DataSet.split(rows.toList(), new Fractions(0.8, 0.1, 0.1), new Seed(1).generator());
/// ```
///
/// What a recipe's section `data` names is read by [sequor.data.Data]: a file of one's own in one
/// of the [sequor.data.Format]s, or a set of the [sequor.data.Catalogue], fetched by
/// [sequor.data.DataFinder]; split by a column, by groups, in order or at random; in memory, or
/// streamed anew each epoch.
///
/// Files come from anywhere: whatever is wrong with one is said with its line.
///
/// Open first: [sequor.data.Source], [sequor.data.Data], [sequor.data.Format].
@NullMarked
package sequor.data;

import org.jspecify.annotations.NullMarked;
