/// A strict, small JSON (RFC 8259) for headers, settings and results.
///
/// ```java
/// JsonObject config = Json.parseObject(text, "config.json");
/// String cell = config.text("cell");
/// int hidden = config.object("model").wholeNumber("hidden_size", 1, 1 << 20);
///
/// String line = Json.object().with("epoch", 3).with("loss", 0.25).toString();
/// ```
///
/// What is read may come from anywhere, so depth, length and count are bounded, nothing outside the
/// standard is let through, and every error says the place, what was expected and what stood there.
/// Any value that exists can be written, and reads back equal.
///
/// Open first: [sequor.json.Json], [sequor.json.JsonObject], [sequor.json.JsonException].
@NullMarked
package sequor.json;

import org.jspecify.annotations.NullMarked;
