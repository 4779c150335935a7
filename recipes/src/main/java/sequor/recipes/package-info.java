/// Recipes to runs: a commented YAML file says what is trained on which data and how; a run is one
/// training and its folder.
///
/// ```java
/// var recipe = Recipe.load("names", List.of("training.seed=7"));
/// var report = new Run(recipe, Path.of("runs/names"), finder, clock).train(listener, false);
/// report.test().metrics().get("accuracy");
/// ```
///
/// This is the only room that knows YAML.
///
/// Open first: [sequor.recipes.Recipe], [sequor.recipes.Run], [sequor.recipes.Report].
@NullMarked
package sequor.recipes;

import org.jspecify.annotations.NullMarked;
