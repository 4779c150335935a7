/// What every room knows: the exception that all of Sequor's are kinds of.
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
