package sequor.tasks;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a simple method without a neural network gets on the same data: the mark a model must beat.
///
/// @param method what was done, in a reader's words: `naive Bayes, character 1–4-grams, …`
/// @param metrics the values by the names a model's report uses, in the order given
public record Floor(String method, Map<String, Double> metrics) {
  public Floor {
    requireNonNull(method);
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics)); // keeps the order
  }
}
