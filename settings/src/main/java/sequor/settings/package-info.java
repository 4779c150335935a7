/// What can be set: keys with a default, a range and a comment.
///
/// A part's settings are a record. Each component says in one place what there is to know about it;
/// the commented file that a user edits, the check of what was written, the help and the migration
/// of old models all follow from that.
///
/// ```java
/// public record Config(
///     @Setting(value = "gru", about = "rnn, lstm or gru") Cell cell,
///     @Setting(value = "128", min = 1, max = 16384, about = "of each direction") int hiddenSize) {}
///
/// var section = Section.of(Config.class);
/// var written = Json.object().with("hidden_size", 64);
/// Config config = section.complete(written, Places.of("my.yaml")).as(Config.class); // gru, 64
/// ```
///
/// Settings are read once, by the part that owns them; whatever comes after has the record, and
/// knows neither keys nor files.
///
/// Open first: [sequor.settings.Setting], [sequor.settings.Section], [sequor.settings.Settings].
@NullMarked
package sequor.settings;

import org.jspecify.annotations.NullMarked;
