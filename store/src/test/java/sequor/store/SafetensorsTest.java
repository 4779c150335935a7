package sequor.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.FileException;
import sequor.tensor.Shape;
import sequor.tensor.Tensor;

class SafetensorsTest {
  @TempDir private Path folder;

  @Test
  void writesTheFormatByteForByte() {
    Path file = folder.resolve("a.safetensors");

    Safetensors.write(file, Map.of("b", Tensor.of(new float[] {1, -2}), "a", Tensor.of(0.5f)));

    String json =
        "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}";
    String spaces = " ".repeat(Math.ceilDiv(json.length(), 8) * 8 - json.length());
    byte[] expected =
        ByteBuffer.allocate(8 + json.length() + spaces.length() + 12)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length() + spaces.length())
            .put((json + spaces).getBytes(UTF_8))
            .putFloat(0.5f)
            .putFloat(1)
            .putFloat(-2)
            .array();
    assertThat(file).hasBinaryContent(expected);
  }

  @Test
  void readsWhatItWrote() {
    Path file = folder.resolve("a.safetensors");
    float[] special = {
      -0f, Float.MIN_VALUE, Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NaN, 1 / 3f
    };
    var tensors = new LinkedHashMap<String, Tensor>();
    tensors.put("weight_ih_l0", Tensor.of(special, 2, 3));
    tensors.put("é😀 \"quoted\"", Tensor.of(7));
    tensors.put("none", Tensor.zeros(3, 0));

    Safetensors.write(file, tensors, Map.of("step", "12", "format", "pt"));

    try (var read = Safetensors.open(file)) {
      assertThat(read.names()).containsExactly("none", "weight_ih_l0", "é😀 \"quoted\"");
      assertThat(read.metadata()).isEqualTo(Map.of("step", "12", "format", "pt"));
      assertThat(read.shape("weight_ih_l0")).isEqualTo(Shape.of(2, 3));
      assertThat(read.type("weight_ih_l0")).isEqualTo("F32");
      assertThat(read.tensor("weight_ih_l0").toArray()).isEqualTo(special);
      assertThat(read.tensor("weight_ih_l0").shape()).isEqualTo(Shape.of(2, 3));
      assertThat(read.tensor("é😀 \"quoted\"").shape()).isEqualTo(Shape.of());
      assertThat(read.tensor("none").shape()).isEqualTo(Shape.of(3, 0));
    }
  }

  @Test
  void sameTensorsGiveTheSameBytes() {
    var forward = new LinkedHashMap<String, Tensor>();
    var backward = new LinkedHashMap<String, Tensor>();
    for (int i = 0; i < 20; i++) {
      forward.put("t" + i, Tensor.full(i, 3));
      backward.put("t" + (19 - i), Tensor.full(19 - i, 3));
    }

    Safetensors.write(folder.resolve("a"), forward);
    Safetensors.write(folder.resolve("b"), backward);

    assertThat(folder.resolve("a")).hasSameBinaryContentAs(folder.resolve("b"));
  }

  @Test
  void readsTensorsLargerThanOnePiece() {
    Path file = folder.resolve("a.safetensors");
    float[] values = new float[(1 << 19) + 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }

    Safetensors.write(file, Map.of("a", Tensor.of(values), "b", Tensor.of(1)));

    assertThat(Safetensors.read(file).get("a"))
        .satisfies(a -> assertThat(a.toArray()).isEqualTo(values));
  }

  /// The file was written by the reference implementation, safetensors 0.8.0:
  ///
  /// ```python
  /// x = np.array([1, -2.5, 65504, 1 / 3], np.float32)
  /// save_file({"f32": x.reshape(2, 2), "f16": x.astype(np.float16), "f64": x.astype(np.float64),
  ///            "i64": np.array([[1, -1]]), "i32": np.array(5, np.int32)},
  ///           "reference.safetensors", metadata={"format": "np"})
  /// ```
  @Test
  void readsWhatTheReferenceWrote() throws Exception {
    var resource = SafetensorsTest.class.getResource("reference.safetensors");

    try (var file = Safetensors.open(Path.of(requireNonNull(resource).toURI()))) {
      assertThat(file.metadata()).isEqualTo(Map.of("format", "np"));
      assertThat(file.shape("f32")).isEqualTo(Shape.of(2, 2));
      assertThat(file.tensor("f32").toArray()).containsExactly(1, -2.5f, 65504, 1 / 3f);
      assertThat(file.tensor("f16").toArray()).containsExactly(1, -2.5f, 65504, 0.33325195f);
      assertThat(file.tensor("f64").toArray()).containsExactly(1, -2.5f, 65504, 1 / 3f);
      assertThat(file.ids("i64").shape()).isEqualTo(Shape.of(1, 2));
      assertThat(file.ids("i64").toArray()).containsExactly(1, -1);
      assertThat(file.ids("i32").shape()).isEqualTo(Shape.of());
      assertThat(file.ids("i32").toArray()).containsExactly(5);
    }
  }

  @Test
  void refusesTheNameThatTheFormatKeeps() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(
            () -> Safetensors.write(folder.resolve("a"), Map.of("__metadata__", Tensor.of(1))));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void saysWhichTensorIsMissing() {
    Path file = folder.resolve("a.safetensors");
    Safetensors.write(file, Map.of("a", Tensor.of(1)));

    try (var read = Safetensors.open(file)) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> read.tensor("b"))
          .withMessage("a.safetensors: b: expected a tensor of this name, got none; see names()");
    }
  }

  @Test
  void saysThatThereIsNoFile() {
    Path file = folder.resolve("none.safetensors");

    assertThatExceptionOfType(FileException.class)
        .isThrownBy(() -> Safetensors.open(file))
        .withMessage(
            file + ": expected to read it, got no such file; check the path and its permissions");
  }
}
