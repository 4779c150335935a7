package sequor.store;

import java.util.List;

/// What a file and a model did not have in common, as far as it was allowed to differ (PyTorch's
/// missing and unexpected keys).
///
/// @param missing the parameters that kept their numbers, by their names in the model
/// @param ignored the tensors that were left out, by their names in the file
public record Loaded(List<String> missing, List<String> ignored) {
  public Loaded {
    missing = List.copyOf(missing);
    ignored = List.copyOf(ignored);
  }
}
