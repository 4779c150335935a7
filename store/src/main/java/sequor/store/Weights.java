package sequor.store;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import sequor.store.LoadPlan.Found;
import sequor.tensor.Shape;
import sequor.tensor.Tensor;

/// The numbers of a model's parameters, by name.
public final class Weights {
  private Weights() {}

  /// Overwrites parameters with the tensors of the same names, strictly: a model that is loaded in
  /// part is a wrong model. All names and shapes are compared first: what does not fit changes
  /// nothing.
  ///
  /// @param source where the tensors come from, for errors
  /// @throws StoreException naming every missing and every extra tensor, and every one of another
  ///   shape
  public static void load(
      String source, Map<String, Tensor> tensors, Map<String, Tensor> parameters) {
    load(source, tensors, parameters, NameMap.identity());
  }

  /// Overwrites parameters with tensors that have other names.
  ///
  /// @param source where the tensors come from, for errors
  /// @throws StoreException naming all that does not fit after renaming, or two tensors that go to
  ///   one parameter and differ
  public static Loaded load(
      String source, Map<String, Tensor> tensors, Map<String, Tensor> parameters, NameMap names) {
    return LoadPlan.of(source, parameters, found(tensors), Map.of(), names)
        .load(parameters, name -> named(tensors, name).toArray());
  }

  /// The mean of the weights in several safetensors files of one model, as [#average(Stream)].
  ///
  /// @throws StoreException if one cannot be read, or they do not hold the same names and shapes
  public static Map<String, Tensor> average(List<Path> files) {
    var mean = new Mean();
    files.forEach(file -> mean.add(String.valueOf(file.getFileName()), Safetensors.read(file)));
    return mean.get();
  }

  /// The mean of several weights of one model, such as its last checkpoints (Vaswani et al. 2017,
  /// section 6.1): `1/n · Σ`, added up in doubles in the order given. One after the other is asked
  /// for, so that they need not be in memory together:
  ///
  /// ```java
  /// var mean = Weights.average(files.stream().map(file -> Checkpoint.read(file).parameters()));
  /// Weights.load("the mean", mean, model.parameters());
  /// ```
  ///
  /// @throws StoreException if there are none, or they do not have the same names and shapes
  public static Map<String, Tensor> average(Stream<Map<String, Tensor>> weights) {
    var mean = new Mean();
    weights.forEachOrdered(each -> mean.add("weights " + (mean.count + 1), each));
    return mean.get();
  }

  /// Sums of weights.
  private static final class Mean {
    private final Map<String, double[]> sums = new LinkedHashMap<>();
    private Map<String, Tensor> first = Map.of();
    private int count;

    /// @param source where they come from, for errors
    void add(String source, Map<String, Tensor> weights) {
      if (count++ == 0) {
        first = weights;
        weights.forEach((name, tensor) -> sums.put(name, new double[tensor.shape().size()]));
      }
      LoadPlan.of(source, first, found(weights), Map.of(), NameMap.identity());
      sums.forEach(
          (name, sum) -> {
            float[] values = named(weights, name).toArray();
            for (int i = 0; i < values.length; i++) {
              sum[i] += values[i];
            }
          });
    }

    Map<String, Tensor> get() {
      if (count == 0) {
        throw new StoreException(
            "average", "weights of a model", "none", "give it one file or more");
      }
      var means = new LinkedHashMap<String, Tensor>();
      sums.forEach(
          (name, sum) -> {
            float[] values = new float[sum.length];
            for (int i = 0; i < values.length; i++) {
              values[i] = (float) (sum[i] / count);
            }
            means.put(name, Tensor.of(values, named(first, name).shape()));
          });
      return means;
    }
  }

  static Map<String, Shape> shapes(Map<String, Tensor> tensors) {
    var shapes = new LinkedHashMap<String, Shape>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return shapes;
  }

  private static Map<String, Found> found(Map<String, Tensor> tensors) {
    var found = new LinkedHashMap<String, Found>();
    tensors.forEach((name, tensor) -> found.put(name, new Found(NumberType.F32, tensor.shape())));
    return found;
  }

  private static Tensor named(Map<String, Tensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }
}
