package sequor.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import sequor.json.JsonFile;
import sequor.tensor.Shape;
import sequor.tensor.Tensor;

/// The weights in the folder of a published model: one safetensors file, or several with an index
/// that says which tensor lies in which.
///
/// ```
/// model.safetensors                    or
/// model.safetensors.index.json         {"weight_map": {"a.weight": "model-00001-of-00002.safetensors", …}}
/// ```
///
/// Opening reads the headers alone; a tensor is read when it is asked for.
public final class PublishedWeights implements AutoCloseable {
  private static final String ONE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";

  private final Path place; // of the one file, or of the index
  private final Map<String, Safetensors> files = new LinkedHashMap<>(); // by their names
  private final Map<String, Safetensors> tensors = new LinkedHashMap<>(); // by the tensors' names

  private PublishedWeights(Path place) {
    this.place = place;
  }

  /// Opens the weights of a folder.
  ///
  /// @throws StoreException if there are none, one of their files is damaged, or one does not hold
  ///   what the index says
  /// @throws sequor.FileException if one cannot be read
  public static PublishedWeights open(Path folder) {
    var one = folder.resolve(ONE);
    var index = folder.resolve(INDEX);
    if (Files.isRegularFile(one)) {
      var weights = new PublishedWeights(one);
      var file = Safetensors.open(one);
      weights.files.put(ONE, file);
      file.names().forEach(name -> weights.tensors.put(name, file));
      return weights;
    }
    if (Files.isRegularFile(index)) {
      var weights = new PublishedWeights(index);
      try {
        weights.readIndex(folder);
        return weights;
      } catch (RuntimeException e) {
        weights.close();
        throw e;
      }
    }
    boolean pickled = Files.exists(folder.resolve("pytorch_model.bin"));
    throw new StoreException(
        folder,
        ONE + ", or " + INDEX,
        pickled ? "pytorch_model.bin alone" : "neither",
        pickled
            ? "fetch the model's safetensors, or convert it: a .bin can run code when it is read"
            : "fetch the whole folder of the model");
  }

  private void readIndex(Path folder) {
    var map = new JsonFile(place).read().object("weight_map");
    for (var name : map.names()) {
      var file = map.text(name);
      var path = Path.of(file);
      if (!path.equals(path.getFileName())) {
        throw new StoreException(
            place, "names of files beside it", "\"" + file + "\"", "fetch the folder again");
      }
      var shard = files.computeIfAbsent(file, _ -> Safetensors.open(folder.resolve(path)));
      if (!shard.names().contains(name)) {
        throw new StoreException(
            place, "a tensor %s in %s".formatted(name, file), "none", "fetch the folder again");
      }
      tensors.put(name, shard);
    }
  }

  /// The file that says what there is, for errors.
  public Path place() {
    return place;
  }

  /// The names of all tensors, in order.
  public Set<String> names() {
    return tensors.keySet();
  }

  /// The shape of one tensor.
  ///
  /// @throws StoreException if there is none of this name
  public Shape shape(String name) {
    return file(name).shape(name);
  }

  /// One tensor, as float32.
  ///
  /// @throws StoreException if there is none of this name, or it holds other than floats
  public Tensor tensor(String name) {
    return file(name).tensor(name);
  }

  private Safetensors file(String name) {
    var file = tensors.get(name);
    if (file == null) {
      throw new StoreException(place + ": " + name, "a tensor of this name", "none", "see names()");
    }
    return file;
  }

  @Override
  public void close() {
    files.values().forEach(Safetensors::close);
  }
}
