package sequor.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

/// What layers do on the way to an answer, for somebody who looks inside.
///
/// ```java
/// try (var inspection = Inspection.open()) {
///   model.forward(inputs);
///   inspection.attentions().getFirst().weights();          // (B,N,T,S)
///   inspection.gates().getFirst().all();                   // input, forget, …, each (B,T,H)
/// }
/// ```
///
/// Layers tell it what they have really used: the answer is made with the very weights that are
/// told. Like a tape it belongs to the thread that opened it, and without one nothing is told and
/// nothing costs more. A layer that is asked step by step, as a decoder is, tells one thing of all
/// steps.
///
/// One that is opened with a scale multiplies the vectors of what is read by it, and listens to
/// nothing. The gradient of a scale that is 1 everywhere says what each step adds to an answer `f`,
/// to first order:
///
/// ```
/// ∂f/∂s_t = Σ_d ∂f/∂x_td · x_td            where s_t·x_t is read in place of x_t
/// ```
///
/// That is gradient × input, summed over the vector of a step (Denil et al. 2014, *Extraction of
/// salient sentences from labelled documents*, section 4; Simonyan et al. 2013, *Deep inside
/// convolutional networks*, section 3, for the gradient).
public final class Inspection implements AutoCloseable {
  private static final ThreadLocal<@Nullable Inspection> CURRENT = new ThreadLocal<>();

  private final Optional<Tensor> scale; // (B,T,1)
  private final @Nullable Inspection outer;
  private final List<Told<Attention>> attentions = new ArrayList<>();
  private final List<Told<Gates>> gates = new ArrayList<>();
  private boolean reads;
  private boolean aside;

  private Inspection(Optional<Tensor> scale) {
    this.scale = scale;
    this.outer = CURRENT.get();
    CURRENT.set(this);
  }

  /// What looks at what.
  public enum Looking {
    /// Steps at steps of their own sequence.
    SELF,
    /// Steps of a decoder at those of an encoder.
    CROSS,
    /// One query at all steps, which makes one vector of them.
    POOLING
  }

  /// How a layer looked.
  ///
  /// @param weights row t says how much step t took from each // (B,N,T,S)
  public record Attention(Looking looking, Tensor weights) {}

  /// A gate of a recurrent layer.
  ///
  /// @param name in the words of its paper: `forget`
  /// @param least what its numbers may be at least: 0, or −1 of one that is no share
  /// @param values after the activation // (B,T,H)
  public record Gate(String name, int least, Tensor values) {}

  /// What a recurrent layer did at each step; where a step is padding it means nothing.
  ///
  /// @param reverse whether it read from the end
  /// @param all in the order of its equations
  public record Gates(boolean reverse, List<Gate> all) {
    public Gates {
      all = List.copyOf(all);
    }
  }

  private record Told<T>(Object layer, T what) {}

  /// Opens one that listens.
  public static Inspection open() {
    return new Inspection(Optional.empty());
  }

  /// Opens one that multiplies what is read, each step by a number of its own.
  ///
  /// @param scale (B,T,1)
  public static Inspection scaling(Tensor scale) {
    return new Inspection(Optional.of(scale));
  }

  /// How each layer looked, in the order in which they were asked first.
  public List<Attention> attentions() {
    return attentions.stream().map(Told::what).toList();
  }

  /// What each recurrent layer and direction that has gates did, in that order.
  public List<Gates> gates() {
    return gates.stream().map(Told::what).toList();
  }

  /// Whether vectors of steps were read.
  public boolean reads() {
    return reads;
  }

  @Override
  public void close() {
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
  }

  // What models and layers say

  /// The vectors (B,T,D) of what a model reads, as it is to go on with them.
  public static Tensor read(Tensor x) {
    var open = CURRENT.get();
    if (open == null || open.aside) {
      return x;
    }
    open.reads = true;
    return open.scale.map(x::times).orElse(x);
  }

  /// What steps are multiplied by, for a model that does not read vectors step by step. // (B,T,1)
  public static Optional<Tensor> scale() {
    var open = CURRENT.get();
    if (open == null || open.aside) {
      return Optional.empty();
    }
    open.reads = true;
    return open.scale;
  }

  /// Computes what nobody looks at, such as how the letters of a word are read.
  public static <R> R aside(Supplier<R> computation) {
    var open = CURRENT.get();
    if (open == null || open.aside) {
      return computation.get();
    }
    open.aside = true;
    try {
      return computation.get();
    } finally {
      open.aside = false;
    }
  }

  /// Whether somebody on this thread wants to be told.
  static boolean listens() {
    var open = CURRENT.get();
    return open != null && !open.aside && open.scale.isEmpty();
  }

  /// Tells how a layer looked.
  ///
  /// @param weights of what it looked at // (B,N,T,S)
  public static void tell(Object layer, Looking looking, Tensor weights) {
    var open = CURRENT.get();
    if (open != null && listens()) {
      add(
          open.attentions,
          layer,
          new Attention(looking, weights.copy()),
          (before, next) ->
              new Attention(looking, joined(2, before.weights, next.weights))); // (B,N,T,S)
    }
  }

  /// Tells what the gates of a recurrent layer did.
  static void tell(Object layer, boolean reverse, Supplier<List<Gate>> computation) {
    var open = CURRENT.get();
    if (open == null || !listens()) {
      return;
    }
    var all =
        Tape.noGrad(computation).stream()
            .map(gate -> new Gate(gate.name, gate.least, gate.values.copy()))
            .toList();
    if (!all.isEmpty()) {
      add(open.gates, layer, new Gates(reverse, all), Inspection::joined);
    }
  }

  private static Gates joined(Gates before, Gates next) {
    var all = new ArrayList<Gate>();
    for (int g = 0; g < before.all.size(); g++) {
      var gate = before.all.get(g);
      all.add(new Gate(gate.name, gate.least, joined(1, gate.values, next.all.get(g).values)));
    }
    return new Gates(before.reverse, all);
  }

  private static Tensor joined(int axis, Tensor before, Tensor next) {
    return Tape.noGrad(() -> Tensor.concat(axis, List.of(before, next)).copy());
  }

  private interface Joining<T> {
    T of(T before, T next);
  }

  private static <T> void add(List<Told<T>> all, Object layer, T what, Joining<T> joining) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).layer == layer) {
        all.set(i, new Told<>(layer, joining.of(all.get(i).what, what)));
        return;
      }
    }
    all.add(new Told<>(layer, what));
  }
}
