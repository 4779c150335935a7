package sequor.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import sequor.json.Json;
import sequor.json.JsonArray;
import sequor.json.JsonException;
import sequor.json.JsonObject;
import sequor.tensor.Shape;

/// The JSON at the head of a safetensors file: which numbers lie where.
///
/// ```
/// {"__metadata__": {"format": "pt"},
///  "head.weight": {"dtype": "F32", "shape": [2,16], "data_offsets": [0,128]}, …}
/// ```
///
/// Offsets count from the end of the header. The tensors must fill the file without gap or overlap,
/// so that a file has one meaning and can hide nothing.
///
/// @param entries the tensors in the order of the header
record Header(Map<String, Entry> entries, Map<String, String> metadata) {
  static final String METADATA = "__metadata__";

  /// What the reader of somebody else's file can do.
  static final String DAMAGED =
      "fetch the file again, or have it written again by the program that made it";

  /// Data starts at a multiple of this, so that other readers may map it.
  private static final int ALIGNMENT = 8;

  /// More axes than any tensor has.
  private static final int MAX_RANK = 32;

  /// The longest array that every JVM gives.
  private static final int MAX_SIZE = Integer.MAX_VALUE - 8;

  /// Where one tensor lies: bytes `begin` (inclusive) to `end` (exclusive) of the data.
  record Entry(NumberType type, Shape shape, long begin, long end) {}

  /// Lays tensors of these shapes out as F32, sorted by name, so that the same tensors give the
  /// same bytes whatever map they come in.
  static Header of(Map<String, Shape> shapes, Map<String, String> metadata) {
    var entries = new LinkedHashMap<String, Entry>();
    long at = 0;
    for (Map.Entry<String, Shape> tensor : new TreeMap<>(shapes).entrySet()) {
      long end = at + (long) tensor.getValue().size() * Float.BYTES;
      entries.put(tensor.getKey(), new Entry(NumberType.F32, tensor.getValue(), at, end));
      at = end;
    }
    return new Header(entries, new TreeMap<>(metadata));
  }

  /// The header as it stands in a file: its length, the JSON, and spaces up to the alignment.
  byte[] toBytes() {
    var members = new LinkedHashMap<String, Json>();
    if (!metadata.isEmpty()) {
      members.put(METADATA, Json.ofMap(metadata));
    }
    entries.forEach(
        (name, entry) ->
            members.put(
                name,
                Json.object()
                    .with("dtype", entry.type.name())
                    .with("shape", entry.shape.dims())
                    .with("data_offsets", new long[] {entry.begin, entry.end})));
    byte[] json = Json.ofMap(members).toString().getBytes(StandardCharsets.UTF_8);
    int length = Math.ceilDiv(json.length, ALIGNMENT) * ALIGNMENT;
    byte[] bytes = Arrays.copyOf(json, length);
    Arrays.fill(bytes, json.length, length, (byte) ' ');
    return ByteBuffer.allocate(Long.BYTES + length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(bytes)
        .array();
  }

  /// Reads a header and checks that its tensors fill `dataLength` bytes exactly.
  ///
  /// @param source the file's name, for errors
  /// @throws StoreException if anything about it is wrong
  static Header parse(byte[] json, long dataLength, String source) {
    try {
      return parse(Json.parseObject(json, source), dataLength, source);
    } catch (JsonException e) {
      throw new StoreException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Header parse(JsonObject json, long dataLength, String source) {
    var entries = new LinkedHashMap<String, Entry>();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (String name : json.names()) {
      JsonObject member = json.object(name);
      if (name.equals(METADATA)) {
        member.names().forEach(key -> metadata.put(key, member.text(key)));
      } else {
        entries.put(name, entry(member, dataLength, source + ": " + name));
      }
    }
    requireFilled(entries, dataLength, source);
    return new Header(Collections.unmodifiableMap(entries), Collections.unmodifiableMap(metadata));
  }

  /// Members besides the three are left alone: other programs note there what they like.
  private static Entry entry(JsonObject json, long dataLength, String place) {
    String dtype = json.text("dtype");
    NumberType type =
        NumberType.named(dtype)
            .orElseThrow(
                () ->
                    new StoreException(
                        place,
                        "a dtype of " + Arrays.toString(NumberType.values()),
                        Json.of(dtype),
                        "convert the tensor to F32"));
    Shape shape = shape(json.array("shape"), place);
    long[] offsets = json.array("data_offsets").wholeNumbers(Long.MIN_VALUE, Long.MAX_VALUE);
    if (offsets.length != 2
        || offsets[0] < 0
        || offsets[0] > offsets[1]
        || offsets[1] > dataLength) {
      throw new StoreException(
          place,
          "data_offsets of a begin and an end within %d bytes".formatted(dataLength),
          Arrays.toString(offsets),
          DAMAGED);
    }
    long bytes = (long) shape.size() * type.bytes();
    if (offsets[1] - offsets[0] != bytes) {
      throw new StoreException(
          place,
          "%d bytes for %s %s".formatted(bytes, type, shape),
          "%d (data_offsets %s)".formatted(offsets[1] - offsets[0], Arrays.toString(offsets)),
          DAMAGED);
    }
    return new Entry(type, shape, offsets[0], offsets[1]);
  }

  /// Multiplies before anything is allocated.
  private static Shape shape(JsonArray json, String place) {
    if (json.size() > MAX_RANK) {
      throw new StoreException(place, "at most " + MAX_RANK + " axes", json.size(), DAMAGED);
    }
    long[] axes = json.wholeNumbers(Long.MIN_VALUE, Long.MAX_VALUE);
    int[] dims = new int[axes.length];
    long size = 1;
    for (int axis = 0; axis < axes.length; axis++) {
      if (axes[axis] < 0) {
        throw new StoreException(place, "axes of 0 and more", "the shape " + json, DAMAGED);
      }
      if (axes[axis] > MAX_SIZE || size * axes[axis] > MAX_SIZE) { // both below 2³¹
        throw new StoreException(
            place,
            "at most " + MAX_SIZE + " numbers in a tensor",
            "the shape " + json,
            "take a model whose tensors are smaller");
      }
      dims[axis] = (int) axes[axis];
      size *= axes[axis];
    }
    return Shape.of(dims);
  }

  private static void requireFilled(Map<String, Entry> entries, long dataLength, String source) {
    var ordered = new ArrayList<>(entries.entrySet());
    ordered.sort(
        Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin())
            .thenComparingLong(e -> e.getValue().end()));
    long at = 0;
    for (Map.Entry<String, Entry> next : ordered) {
      if (next.getValue().begin() != at) {
        throw new StoreException(
            source + ": " + next.getKey(),
            "its data at offset " + at + ", where the tensor before it ends",
            (next.getValue().begin() < at ? "an overlap from " : "a gap up to ")
                + next.getValue().begin(),
            DAMAGED);
      }
      at = next.getValue().end();
    }
    if (at != dataLength) {
      throw new StoreException(source, at + " bytes of data", dataLength, DAMAGED);
    }
  }
}
