package sequor.settings;

/// Where values were written, so that an error can say it.
@FunctionalInterface
public interface Places {
  /// The place of a dotted path, such as `names.yaml:12` for `model.cell`.
  String at(String path);

  /// One place for all.
  static Places of(Object everything) {
    return path -> String.valueOf(everything);
  }

  /// Nowhere in particular: settings made in a program.
  Places NOWHERE = of("settings");
}
