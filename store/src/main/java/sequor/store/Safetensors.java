package sequor.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import sequor.AtomicFile;
import sequor.FileException;
import sequor.WrongFile;
import sequor.store.Header.Entry;
import sequor.store.LoadPlan.Found;
import sequor.tensor.Ids;
import sequor.tensor.Shape;
import sequor.tensor.Tensor;

/// A file of named tensors in the public safetensors format.
///
/// ```
/// 8 bytes   N, the header's length, little-endian
/// N bytes   JSON: name → dtype, shape, data_offsets
/// the rest  the numbers, row-major, little-endian, without gaps
/// ```
///
/// Opening reads and checks the header only; numbers are read when asked for, in pieces, so the
/// memory needed is that of the tensors. F32, F16, BF16 and F64 become float32; I64 and I32 are
/// read as ids. Always written as F32.
///
/// Source: the format's description at <https://github.com/huggingface/safetensors>.
public final class Safetensors implements AutoCloseable {
  /// The format's own limit, which every reader keeps.
  private static final long MAX_HEADER = 100_000_000;

  /// How many bytes tell what another kind of file is.
  private static final int HEAD = 64;

  private static final int PIECE = 1 << 20;

  /// The parameters' names and layouts are PyTorch's; some readers there insist on being told.
  private static final Map<String, String> PYTORCH = Map.of("format", "pt");

  private final Path file;
  private final FileChannel channel;
  private final Header header;
  private final long dataStart;

  private Safetensors(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    long size = channel.size();
    long length = headerLength(size);
    this.dataStart = Long.BYTES + length;
    ByteBuffer json = ByteBuffer.allocate((int) length);
    readFully(json, Long.BYTES);
    this.header = Header.parse(json.array(), size - dataStart, name());
  }

  /// Opens a file and checks its header.
  ///
  /// @throws StoreException if it cannot be read or is damaged
  public static Safetensors open(Path file) {
    try {
      var channel = FileChannel.open(file, StandardOpenOption.READ);
      try {
        return new Safetensors(file, channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw FileException.unreadable(file, e);
    }
  }

  /// Reads all tensors of a file, as [#tensors()].
  ///
  /// @throws StoreException if it cannot be read or is damaged, or as [#tensors()]
  public static Map<String, Tensor> read(Path file) {
    try (var tensors = open(file)) {
      return tensors.tensors();
    }
  }

  /// Writes tensors to a file, atomically. The same tensors give the same bytes, in whatever order
  /// the map has them.
  ///
  /// @throws StoreException if it cannot be written, or a name is `__metadata__`
  public static void write(Path file, Map<String, Tensor> tensors) {
    write(file, tensors, PYTORCH);
  }

  /// Writes tensors and a few texts about them to a file, atomically.
  ///
  /// @throws StoreException as [#write(Path, Map)]
  public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
    if (tensors.containsKey(Header.METADATA)) {
      throw new StoreException(
          file, "names of tensors", Header.METADATA, "rename it: the format keeps this name");
    }
    byte[] header = Header.of(Weights.shapes(tensors), metadata).toBytes();
    AtomicFile.write(
        file,
        out -> {
          out.write(header);
          for (Tensor tensor : new TreeMap<>(tensors).values()) {
            writeFloats(tensor, out);
          }
        });
  }

  /// The names, in the order of the header.
  public Set<String> names() {
    return header.entries().keySet();
  }

  /// The texts that go with the tensors.
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /// The shape of one tensor.
  ///
  /// @throws StoreException if there is none of this name
  public Shape shape(String name) {
    return entry(name).shape();
  }

  /// The type of one tensor's numbers, such as F32 or I64.
  ///
  /// @throws StoreException if there is none of this name
  public String type(String name) {
    return entry(name).type().name();
  }

  /// Reads one tensor as float32.
  ///
  /// @throws StoreException if there is none of this name, or it holds other than floats
  public Tensor tensor(String name) {
    float[] values = floats(name);
    Shape shape = shape(name);
    return shape.rank() == 0 ? Tensor.of(values[0]) : Tensor.of(values, shape.dims());
  }

  /// Reads all tensors of floats as float32, in the order of the header. Those of whole numbers,
  /// such as a model's positions, are no weights and not among them; read them with [#ids].
  ///
  /// @throws StoreException if one holds floats of a type that is not read
  public Map<String, Tensor> tensors() {
    var tensors = new LinkedHashMap<String, Tensor>();
    header
        .entries()
        .forEach(
            (name, entry) -> {
              if (!entry.type().isWhole()) {
                tensors.put(name, tensor(name));
              }
            });
    return tensors;
  }

  /// Reads one tensor of whole numbers.
  ///
  /// @throws StoreException if there is none of this name, it holds other than I32 or I64, or a
  ///   number does not fit 32 bits
  public Ids ids(String name) {
    Entry entry = entry(name);
    if (!entry.type().isId()) {
      throw wrong(name, "whole numbers (I32, I64)", entry.type(), "read it with tensor(name)");
    }
    int[] values = new int[entry.shape().size()];
    try {
      read(entry, (piece, at, n) -> entry.type().readIds(piece, values, at, n));
    } catch (ArithmeticException e) {
      throw wrong(name, "whole numbers of 32 bits", "a larger one", "save it as I32");
    }
    return entry.shape().rank() == 0
        ? Ids.of(values).reshape()
        : Ids.of(values, entry.shape().dims());
  }

  /// Overwrites parameters with the tensors of the same names. All names and shapes are compared
  /// first: a file that does not fit changes nothing. Tensors of whole numbers are no weights and
  /// left out.
  ///
  /// @throws StoreException naming every missing and every extra tensor, and every one of another
  ///   shape or type
  public void loadInto(Map<String, Tensor> parameters) {
    loadInto(parameters, NameMap.identity());
  }

  /// Overwrites parameters with tensors that have other names. A name of a shared tensor that is
  /// only noted in the metadata (`decoder.weight` → `embedding.weight`, as Hugging Face's
  /// `save_model` writes it) counts as there.
  ///
  /// @return what the file and the parameters did not have in common
  /// @throws StoreException naming all that does not fit after renaming, or two tensors that go to
  ///   one parameter and differ; then nothing is changed
  public Loaded loadInto(Map<String, Tensor> parameters, NameMap names) {
    return plan(parameters, names).load(parameters, this::floats);
  }

  LoadPlan plan(Map<String, Tensor> parameters, NameMap names) {
    var found = new LinkedHashMap<String, Found>();
    header.entries().forEach((name, e) -> found.put(name, new Found(e.type(), e.shape())));
    return LoadPlan.of(name(), parameters, found, metadata(), names);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw FileException.unreadable(file, e);
    }
  }

  // Reading

  private long headerLength(long size) throws IOException {
    if (size < Long.BYTES) {
      throw new StoreException(
          name(), "at least 8 bytes", size, "fetch the file again: it is cut off");
    }
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(size, HEAD));
    readFully(buffer.order(ByteOrder.LITTLE_ENDIAN), 0);
    long length = buffer.getLong(0);
    long most = Math.min(MAX_HEADER, size - Long.BYTES);
    if (length < 2 || length > most) {
      throw WrongFile.of(new String(buffer.array(), ISO_8859_1), "save the weights as safetensors")
          .map(wrong -> new StoreException(name(), "safetensors", wrong.what(), wrong.advice()))
          .orElseGet(
              () ->
                  new StoreException(
                      name(),
                      "a header of 2 to %d bytes (the file has %d)".formatted(most, size),
                      Long.toUnsignedString(length),
                      "check that this is a whole safetensors file"));
    }
    return length;
  }

  private float[] floats(String name) {
    Entry entry = requireFloats(name);
    float[] values = new float[entry.shape().size()];
    try {
      read(entry, (piece, at, n) -> entry.type().readFloats(piece, values, at, n));
    } catch (ArithmeticException e) {
      throw wrong(
          name,
          "numbers that float32 holds (3.4e38 at most)",
          String.valueOf(e.getMessage()),
          "scale it down");
    }
    return values;
  }

  private Entry requireFloats(String name) {
    Entry entry = entry(name);
    if (!entry.type().isFloat()) {
      throw wrong(
          name,
          "floats (F32, F16, BF16, F64)",
          entry.type(),
          entry.type().isId() ? "read it with ids(name)" : "convert it to F32");
    }
    return entry;
  }

  /// Takes `n` numbers that start at number `at`.
  private interface Piece {
    void read(ByteBuffer bytes, int at, int n);
  }

  private void read(Entry entry, Piece piece) {
    int width = entry.type().bytes();
    int size = entry.shape().size();
    int most = Math.min(size, PIECE / width);
    ByteBuffer buffer = ByteBuffer.allocate(most * width).order(ByteOrder.LITTLE_ENDIAN);
    try {
      for (int at = 0; at < size; at += most) {
        int n = Math.min(most, size - at);
        buffer.clear().limit(n * width);
        readFully(buffer, dataStart + entry.begin() + (long) at * width);
        piece.read(buffer.flip(), at, n);
      }
    } catch (IOException e) {
      throw FileException.unreadable(file, e);
    }
  }

  private void readFully(ByteBuffer buffer, long from) throws IOException {
    long at = from;
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, at);
      if (read < 0) {
        throw new StoreException(name(), "a byte at offset " + at, "the end", Header.DAMAGED);
      }
      at += read;
    }
  }

  private Entry entry(String name) {
    Entry entry = header.entries().get(name);
    if (entry == null) {
      throw wrong(name, "a tensor of this name", "none", "see names()");
    }
    return entry;
  }

  private StoreException wrong(String tensor, String expected, Object got, String advice) {
    return new StoreException(name() + ": " + tensor, expected, got, advice);
  }

  private String name() {
    return String.valueOf(file.getFileName());
  }

  // Writing

  private static void writeFloats(Tensor tensor, OutputStream out) throws IOException {
    int size = tensor.shape().size();
    float[] piece = new float[Math.min(size, PIECE / Float.BYTES)];
    var buffer = ByteBuffer.allocate(piece.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < size; at += piece.length) {
      int n = Math.min(piece.length, size - at);
      tensor.read(at, piece, n);
      buffer.asFloatBuffer().put(piece, 0, n);
      out.write(buffer.array(), 0, n * Float.BYTES);
    }
  }
}
