package sequor.tasks;

import java.util.List;
import java.util.stream.Collectors;

/// What can be seen of how a model answers a text.
///
/// @param text that was read
/// @param answer what the model says of it, in a few words
/// @param views ways to look, the most telling first; one or more
/// @param notices what somebody should know who looks
public record Inspected(String text, String answer, List<View> views, List<String> notices) {
  public Inspected {
    views = List.copyOf(views);
    notices = List.copyOf(notices);
    if (views.isEmpty()) {
      throw new TaskException(
          "inspect: expected a model with an encoder (model.encoder), got one that counts n-grams,"
              + " which has nothing to show; ask sequor tokenize what it reads");
    }
  }

  /// The view of that name.
  ///
  /// @throws TaskException if there is none
  public View view(String name) {
    return views.stream()
        .filter(view -> view.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TaskException(
                    "view: expected one that this model has (%s), got '%s'; take one of these"
                        .formatted(
                            views.stream().map(View::name).collect(Collectors.joining(", ")),
                            name)));
  }
}
