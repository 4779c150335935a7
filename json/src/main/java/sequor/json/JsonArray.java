package sequor.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/// Values in a row. The typed readers name the element that is not what they need: `labels.json:
/// labels[2]: expected a text, got 7`.
public final class JsonArray implements Json, Iterable<Json> {
  private final List<Json> values;
  private final Place place;

  JsonArray(List<Json> values, Place place) {
    this.values = List.copyOf(values); // also the smallest list there is
    this.place = place;
  }

  public int size() {
    return values.size();
  }

  /// The element there, of any kind.
  ///
  /// @throws JsonException if there is no such element
  public Json at(int index) {
    if (index < 0 || index >= size()) {
      throw new JsonException(
          place, "an element at " + index, "an array of " + size(), "count from 0");
    }
    return values.get(index);
  }

  /// The values, unmodifiable.
  public List<Json> values() {
    return values;
  }

  /// Every element as a text.
  ///
  /// @throws JsonException if an element is not a text
  public List<String> texts() {
    return each(Place::text);
  }

  /// Every element as an object.
  ///
  /// @throws JsonException if an element is not an object
  public List<JsonObject> objects() {
    return each(Place::object);
  }

  /// Every element as an array.
  ///
  /// @throws JsonException if an element is not an array
  public List<JsonArray> arrays() {
    return each(Place::array);
  }

  /// Every element as a number.
  ///
  /// @throws JsonException if an element is not a number
  public double[] numbers() {
    return IntStream.range(0, size())
        .mapToDouble(
            i -> place.element(i).number(values.get(i), -Double.MAX_VALUE, Double.MAX_VALUE))
        .toArray();
  }

  /// Every element as a whole number in a range.
  ///
  /// @throws JsonException if an element is not a whole number from `min` to `max`
  public int[] wholeNumbers(int min, int max) {
    return IntStream.range(0, size())
        .map(i -> (int) place.element(i).wholeNumber(values.get(i), min, max))
        .toArray();
  }

  /// Every element as a whole number in a range.
  ///
  /// @throws JsonException if an element is not a whole number from `min` to `max`
  public long[] wholeNumbers(long min, long max) {
    return IntStream.range(0, size())
        .mapToLong(i -> place.element(i).wholeNumber(values.get(i), min, max))
        .toArray();
  }

  private interface Reader<T> {
    T read(Place place, Json value);
  }

  private <T> List<T> each(Reader<T> reader) {
    var read = new ArrayList<T>(size());
    for (int i = 0; i < size(); i++) {
      read.add(reader.read(place.element(i), values.get(i)));
    }
    return Collections.unmodifiableList(read);
  }

  @Override
  public Iterator<Json> iterator() {
    return values.iterator();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonArray that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return new JsonWriter(false).write(this);
  }
}
