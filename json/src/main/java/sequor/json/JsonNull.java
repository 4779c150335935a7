package sequor.json;

/// The value null: known to be nothing.
public record JsonNull() implements Json {
  static final JsonNull NULL = new JsonNull();

  @Override
  public String toString() {
    return "null";
  }
}
