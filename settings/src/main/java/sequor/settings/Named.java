package sequor.settings;

/// Something that settings choose by its name, with settings of its own: a task, an encoder, a
/// tokenizer, a format. Others add theirs as a service.
public interface Named {
  /// What settings call it: `gru`, `characters`.
  String name();

  /// What it is, in a few words.
  String about();

  /// The keys that are there when it is chosen: a record whose components have a [Setting] each.
  default Class<? extends Record> settings() {
    return None.class;
  }

  /// No settings.
  record None() {}
}
