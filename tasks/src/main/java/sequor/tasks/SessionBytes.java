package sequor.tasks;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import sequor.json.JsonObject;
import sequor.nn.NnModule;
import sequor.store.Checksum;
import sequor.tensor.Tensor;

/// A session as bytes, all numbers big-endian.
///
/// ```
/// "SQSN"   version 1 (byte)   model (8 bytes)   steps (long)
/// ids: count (int), ids (int)
/// tensors: count (int); of each the length (int) and its numbers (float)
/// CRC32C of all before (int)
/// ```
///
/// @param model the fingerprint of the model that it belongs to, 8 letters
/// @param ids what there is to know beside the state
/// @param tensors the state
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
public record SessionBytes(String model, long steps, int[] ids, List<float[]> tensors) {
  private static final byte[] MAGIC = "SQSN".getBytes(StandardCharsets.US_ASCII);
  private static final byte VERSION = 1;
  private static final int HEAD = MAGIC.length + 1 + 8 + Long.BYTES + 2 * Integer.BYTES;

  public SessionBytes {
    tensors = List.copyOf(tensors);
  }

  /// Tells a model from others: by its weights, settings and vocabulary.
  public static String fingerprint(NnModule network, JsonObject config, List<String> vocabulary) {
    return Checksum.of(network.parameters(), config + String.join("\n", vocabulary));
  }

  /// The numbers of a state's tensors.
  public static List<float[]> numbers(List<Tensor> state) {
    return state.stream().map(Tensor::toArray).toList();
  }

  /// Tensors like those of another state, with these numbers.
  ///
  /// @param from the number of the first
  /// @throws TaskException if there are too few, or they are of other sizes
  public List<Tensor> like(List<Tensor> state, int from) {
    var made = new ArrayList<Tensor>();
    for (int i = 0; i < state.size(); i++) {
      var shape = state.get(i).shape();
      if (from + i >= tensors.size() || tensors.get(from + i).length != shape.size()) {
        throw damaged("tensor %d of %d numbers".formatted(from + i, shape.size()), "another state");
      }
      made.add(Tensor.of(tensors.get(from + i), shape));
    }
    return made;
  }

  /// The states of several networks, one behind the other from the first tensor on.
  ///
  /// @param states like these, network by network
  /// @throws TaskException if there are too few tensors, or they are of other sizes
  public List<List<Tensor>> likeEach(List<List<Tensor>> states) {
    var made = new ArrayList<List<Tensor>>();
    int from = 0;
    for (var state : states) {
      made.add(like(state, from));
      from += state.size();
    }
    return made;
  }

  public byte[] bytes() {
    int size = HEAD + ids.length * Integer.BYTES + Integer.BYTES;
    for (var tensor : tensors) {
      size += Integer.BYTES + tensor.length * Float.BYTES;
    }
    var bytes = ByteBuffer.allocate(size).put(MAGIC).put(VERSION);
    bytes.put(model.getBytes(StandardCharsets.US_ASCII)).putLong(steps).putInt(ids.length);
    for (int id : ids) {
      bytes.putInt(id);
    }
    bytes.putInt(tensors.size());
    for (var tensor : tensors) {
      bytes.putInt(tensor.length);
      bytes.asFloatBuffer().put(tensor);
      bytes.position(bytes.position() + tensor.length * Float.BYTES);
    }
    return bytes.putInt(checksum(bytes.array(), bytes.position())).array();
  }

  /// @param model the fingerprint of the model that is to go on with it
  /// @throws TaskException if the bytes are damaged, of another version, or another model's
  public static SessionBytes of(byte[] bytes, String model) {
    if (bytes.length < HEAD + Integer.BYTES
        || !new String(bytes, 0, MAGIC.length, StandardCharsets.US_ASCII).equals("SQSN")) {
      throw damaged("the bytes of a session", "%,d others".formatted(bytes.length));
    }
    if (bytes[MAGIC.length] != VERSION) {
      throw damaged("version " + VERSION, "version " + bytes[MAGIC.length]);
    }
    var in = ByteBuffer.wrap(bytes);
    if (in.getInt(bytes.length - Integer.BYTES) != checksum(bytes, bytes.length - Integer.BYTES)) {
      throw damaged("the bytes that it was put aside as", "damaged ones (the checksum differs)");
    }
    in.limit(bytes.length - Integer.BYTES).position(MAGIC.length + 1);
    byte[] name = new byte[8];
    in.get(name);
    String owner = new String(name, StandardCharsets.US_ASCII);
    if (!owner.equals(model)) {
      throw damaged(
          "one of this model (%s)".formatted(model), "one of another (%s)".formatted(owner));
    }
    long steps = in.getLong();
    int[] ids = new int[count(in, Integer.BYTES)];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = in.getInt();
    }
    var tensors = new ArrayList<float[]>();
    for (int left = count(in, Integer.BYTES); left > 0; left--) {
      float[] numbers = new float[count(in, Float.BYTES)];
      FloatBuffer.wrap(numbers)
          .put(in.slice(in.position(), numbers.length * Float.BYTES).asFloatBuffer());
      in.position(in.position() + numbers.length * Float.BYTES);
      tensors.add(numbers);
    }
    if (steps < 0 || in.hasRemaining()) {
      throw damaged("a whole session", "one with %d bytes more".formatted(in.remaining()));
    }
    return new SessionBytes(model, steps, ids, tensors);
  }

  /// How many things of that size follow, of which there must be enough bytes.
  private static int count(ByteBuffer in, int size) {
    int count = in.remaining() < Integer.BYTES ? -1 : in.getInt();
    if (count < 0 || count > in.remaining() / size) {
      throw damaged("a whole session", "one that is cut off");
    }
    return count;
  }

  /// An error for bytes that this model cannot go on with.
  public static TaskException damaged(String wanted, String got) {
    return new TaskException(
        "session: expected %s, got %s; begin a new session".formatted(wanted, got));
  }

  private static int checksum(byte[] bytes, int count) {
    var crc = new CRC32C();
    crc.update(bytes, 0, count);
    return (int) crc.getValue();
  }
}
