package sequor.nn;

import java.util.Map;
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

  /// The parameter of that name.
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

  /// How many numbers there are to learn.
  default long parameterCount() {
    return parameters().values().stream().mapToLong(p -> p.shape().size()).sum();
  }

  /// A tree of the parts with shapes and parameter counts.
  default String summary() {
    return Summary.of(this);
  }
}
