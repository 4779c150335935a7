/// What every room knows: the exception that all others are kinds of, files that appear whole or
/// not at all, seeds from which all randomness follows, checksums, and work on several cores whose
/// results come in order.
///
/// ```java
/// try {
///   answer = classifier.predict(text);
/// } catch (SequorException e) {
///   log.warn(e.getMessage()); // what was expected, what was found, what to do
/// }
/// ```
@NullMarked
package sequor;

import org.jspecify.annotations.NullMarked;
