/// One task, one class: recipes, their floors and their reports.
///
/// Every report shows a [Floor] beside the model: what a simple method without a neural network
/// gets on the same data. A model that does not beat its floor is worth nothing to its user.
///
/// Open first: [NaiveBayes], [KneserNey], [Curves].
@NullMarked
package sequor.recipes;

import org.jspecify.annotations.NullMarked;
