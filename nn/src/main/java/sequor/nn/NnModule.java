package sequor.nn;

import java.util.Map;
import java.util.function.Predicate;
import sequor.tensor.Tensor;

/// A layer or a model: something with parameters.
///
/// A module says what its parts are; names, counts, the summary, saving and learning follow from
/// that.
public interface NnModule {
  /// The parameters and modules this one is made of, by name, in order.
  Parts parts();

  /// All parameters, with dotted names such as `encoder.weight_ih_l0`, in order. One that is shared
  /// by several parts stands once, under its first name.
  default Map<String, Tensor> parameters() {
    return parts().flattened();
  }

  /// The parameter of that name; not one of its [#aliases].
  ///
  /// @throws NnException if there is none; the message lists the names
  default Tensor parameter(String name) {
    var all = parameters();
    var parameter = all.get(name);
    if (parameter == null) {
      throw new NnException(
          "%s: no parameter '%s'; choose one of %s"
              .formatted(getClass().getSimpleName(), name, all.keySet()));
    }
    return parameter;
  }

  /// The other names of parameters that are shared by several parts (tied), each with the name that
  /// [#parameters] has for it: `decoder.weight` → `embedding.weight`.
  default Map<String, String> aliases() {
    return parts().aliases();
  }

  /// How many numbers the parameters are, frozen ones included.
  default long parameterCount() {
    return parameters().values().stream().mapToLong(p -> p.shape().size()).sum();
  }

  /// How many of them are trainable: not frozen.
  default long trainableParameterCount() {
    return parameters().values().stream()
        .filter(Tensor::requiresGrad)
        .mapToLong(p -> p.shape().size())
        .sum();
  }

  /// Freezes all parameters: no gradient is computed for them, and optimizers leave them alone.
  default void freeze() {
    parameters().values().forEach(parameter -> parameter.requiresGrad(false));
  }

  /// Freezes the parameters whose name is chosen, and leaves the others as they are.
  ///
  /// @throws NnException if no name is chosen
  default void freeze(Predicate<String> names) {
    Parts.chosen(this, "freeze", names).forEach(parameter -> parameter.requiresGrad(false));
  }

  /// Makes all parameters trainable again; an optimizer goes on from its state of them.
  default void thaw() {
    parameters().values().forEach(parameter -> parameter.requiresGrad(true));
  }

  /// Makes the parameters whose name is chosen trainable again.
  ///
  /// @throws NnException if no name is chosen
  default void thaw(Predicate<String> names) {
    Parts.chosen(this, "thaw", names).forEach(parameter -> parameter.requiresGrad(true));
  }

  /// A tree of the parts with shapes and parameter counts. Where parameters are frozen, it says
  /// which, and how many are trainable. A [LayerTable] also has the shapes of what layers give.
  default String summary() {
    return Summary.of(this);
  }
}
