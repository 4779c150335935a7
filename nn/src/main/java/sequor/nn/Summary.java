package sequor.nn;

import java.util.Locale;

/// Prints a module as a tree.
///
/// ```
/// Reader                                       1,234
/// ├─ embedding: Embedding (80,10)                800
/// └─ head: Linear (18,23) (20)                   434
/// ```
///
/// If some are frozen, that stands behind their shapes, and how many are not in a last line.
final class Summary {
  private static final int COUNT_COLUMN = 64;

  private final StringBuilder lines = new StringBuilder();

  private Summary() {}

  static String of(NnModule module) {
    var summary = new Summary();
    summary.line("", kind(module) + shapes(module), module.parameterCount());
    summary.children("", module);
    long trainable = module.trainableParameterCount();
    if (trainable < module.parameterCount()) {
      summary.line("", "trainable", trainable);
    }
    return summary.lines.toString();
  }

  private void children(String indent, NnModule module) {
    var children = module.parts().modules();
    int left = children.size();
    for (var child : children.entrySet()) {
      boolean last = --left == 0;
      var inner = child.getValue();
      line(
          indent + (last ? "└─ " : "├─ "),
          child.getKey() + ": " + kind(inner) + shapes(inner),
          inner.parameterCount());
      children(indent + (last ? "   " : "│  "), inner);
    }
  }

  /// The class, and of one that has a few constants the constant: `Activation RELU`.
  static String kind(NnModule module) {
    return module instanceof Enum<?> constant
        ? constant.getDeclaringClass().getSimpleName() + " " + constant.name()
        : module.getClass().getSimpleName();
  }

  private static String shapes(NnModule module) {
    var shapes = new StringBuilder();
    for (var parameter : module.parts().parameters().values()) {
      shapes
          .append(' ')
          .append(parameter.shape())
          .append(parameter.requiresGrad() ? "" : " frozen");
    }
    return shapes.toString();
  }

  private void line(String indent, String what, long count) {
    String left = indent + what;
    lines.append(left);
    lines.repeat(' ', Math.max(2, COUNT_COLUMN - left.length()));
    lines.append(String.format(Locale.ROOT, "%,12d", count)).append('\n');
  }
}
