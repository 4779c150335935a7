package sequor.models;

import java.util.LinkedHashMap;
import java.util.Map;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// What a network reads of one batch: named columns of ids or numbers.
///
/// ```java
/// var inputs = Inputs.of("text", ids, spans);
/// ```
public final class Inputs {
  /// The column that a network of one text reads.
  public static final String TEXT = "text";

  private final Map<String, Ids> ids = new LinkedHashMap<>();
  private final Map<String, Tensor> numbers = new LinkedHashMap<>();
  private final Map<String, Spans> spans = new LinkedHashMap<>();

  /// No columns yet.
  public Inputs() {}

  /// @param ids (B,T)
  public static Inputs of(String name, Ids ids, Spans spans) {
    return new Inputs().and(name, ids, spans);
  }

  /// And a column of ids (B,T).
  public Inputs and(String name, Ids column, Spans real) {
    ids.put(name, column);
    spans.put(name, real);
    return this;
  }

  /// And a column of numbers (B,T,D).
  public Inputs and(String name, Tensor column, Spans real) {
    numbers.put(name, column);
    spans.put(name, real);
    return this;
  }

  /// A column of ids (B,T).
  public Ids ids(String name) {
    return found(ids, name, "ids");
  }

  /// A column of numbers (B,T,D).
  public Tensor numbers(String name) {
    return found(numbers, name, "numbers");
  }

  /// Which steps of a column are real.
  public Spans spans(String name) {
    return found(spans, name, "a sequence");
  }

  private static <T> T found(Map<String, T> columns, String name, String what) {
    var column = columns.get(name);
    if (column == null) {
      throw new ModelException(
          "inputs: expected %s in a column '%s', got columns %s; read one of these"
              .formatted(what, name, columns.keySet()));
    }
    return column;
  }
}
