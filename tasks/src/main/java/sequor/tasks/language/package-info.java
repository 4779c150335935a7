/// Modelling language: what comes next in a text, given what stands before it and, where there is
/// one, its label.
///
/// ```java
/// Generator generator = Generator.load(Path.of("runs/surname-generate"));
/// generator.generate(Generates.Request.of(0.8), 5, 1).forEach(made -> IO.println(made.text()));
/// generator.predict("Kowalski").natsPerToken();     // how surprising a text is
/// ```
///
/// Open first: [sequor.tasks.language.Generator], [sequor.tasks.language.LanguageJob],
/// [sequor.tasks.language.KneserNey].
@NullMarked
package sequor.tasks.language;

import org.jspecify.annotations.NullMarked;
