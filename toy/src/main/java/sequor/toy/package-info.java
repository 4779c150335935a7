/// A toy that shows what a task, an encoder, a tokenizer and a file format of one's own need.
@NullMarked
package sequor.toy;

import org.jspecify.annotations.NullMarked;
