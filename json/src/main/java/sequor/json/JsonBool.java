package sequor.json;

/// True or false.
public record JsonBool(boolean value) implements Json {
  static final JsonBool TRUE = new JsonBool(true);
  static final JsonBool FALSE = new JsonBool(false);

  @Override
  public String toString() {
    return Boolean.toString(value);
  }
}
