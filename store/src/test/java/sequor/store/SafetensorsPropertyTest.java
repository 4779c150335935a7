package sequor.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import sequor.tensor.Tensor;

/// What holds for any tensors and any damage to their file.
class SafetensorsPropertyTest {
  private static Path folder = Path.of("");
  private static byte[] whole = {};

  @BeforeContainer
  static void writeOne() throws IOException {
    folder = Files.createTempDirectory("safetensors");
    var tensors = new LinkedHashMap<String, Tensor>();
    tensors.put("embedding.weight", Tensor.zeros(5, 3));
    tensors.put("lstm.weight_ih_l0", Tensor.ones(8, 3));
    tensors.put("lstm.bias_ih_l0", Tensor.ones(8));
    tensors.put("scale", Tensor.of(2));
    Path file = folder.resolve("whole.safetensors");
    Safetensors.write(file, tensors, Map.of("format", "pt", "step", "1200"));
    whole = Files.readAllBytes(file);
  }

  @AfterContainer
  static void clear() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void everythingReadsBack(@ForAll("tensors") Map<String, Tensor> tensors) {
    Path file = folder.resolve("random.safetensors");

    Safetensors.write(file, tensors);
    Map<String, Tensor> read = Safetensors.read(file);

    assertThat(read.keySet()).isEqualTo(tensors.keySet());
    tensors.forEach(
        (name, tensor) ->
            assertThat(read.get(name))
                .satisfies(
                    back -> {
                      assertThat(back.shape()).isEqualTo(tensor.shape());
                      assertThat(back.toArray()).isEqualTo(tensor.toArray());
                    }));
  }

  @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
  void mutatedFilesAreReadOrRefused(@ForAll long seed) {
    var random = new Random(seed);
    byte[] bytes = whole.clone();
    for (int i = 0; i <= random.nextInt(3); i++) {
      // most in the header, where it matters: digits and brackets for digits and brackets
      int at = random.nextInt(random.nextInt(8) == 0 ? bytes.length : 420);
      bytes[at] =
          switch (random.nextInt(4)) {
            case 0 -> (byte) random.nextInt(256);
            case 1 -> (byte) ('0' + random.nextInt(10));
            case 2 -> (byte) "{}[]\",:- ".charAt(random.nextInt(9));
            default -> bytes[random.nextInt(bytes.length)];
          };
    }
    readOrRefuse(bytes);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void truncatedFilesAreRefused(@ForAll long seed) {
    byte[] bytes = Arrays.copyOf(whole, new Random(seed).nextInt(whole.length));

    assertThat(readOrRefuse(bytes)).isFalse();
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void longerFilesAreRefused(@ForAll long seed) {
    byte[] bytes = Arrays.copyOf(whole, whole.length + 1 + new Random(seed).nextInt(100));

    assertThat(readOrRefuse(bytes)).isFalse();
  }

  private static boolean readOrRefuse(byte[] bytes) {
    try (var file = Safetensors.open(Raw.file(folder, bytes))) {
      for (String name : file.names()) {
        if (NumberType.valueOf(file.type(name)).isFloat()) {
          assertThat(file.tensor(name).shape()).isEqualTo(file.shape(name));
        }
      }
      return true;
    } catch (StoreException e) {
      assertThat(e).hasMessageStartingWith("raw.safetensors:");
      return false;
    }
  }

  @Provide
  Arbitrary<Map<String, Tensor>> tensors() {
    Arbitrary<String> names =
        Arbitraries.strings()
            .excludeChars('\0')
            .withCharRange('\1', '\ud7ff')
            .ofMaxLength(10)
            .filter(name -> !name.equals("__metadata__"));
    Arbitrary<Tensor> tensors =
        Arbitraries.integers()
            .between(0, 5)
            .array(int[].class)
            .ofMaxSize(4)
            .flatMap(SafetensorsPropertyTest::ofShape);
    return Arbitraries.maps(names, tensors).ofMaxSize(6);
  }

  private static Arbitrary<Tensor> ofShape(int[] dims) {
    return Arbitraries.longs().map(seed -> Tensor.randn(new Random(seed), dims));
  }
}
