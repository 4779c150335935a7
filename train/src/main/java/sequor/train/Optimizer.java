package sequor.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import sequor.tensor.Tensor;

/// Changes parameters in the direction in which the loss falls.
///
/// ```java
/// var adam = new Adam(model.parameters(), 0.001f);
/// for (var batch : batches) {
///   try (var tape = Tape.open(random)) {
///     tape.backward(model.loss(batch));
///     adam.step();
///   }
/// }
/// ```
///
/// A step uses the gradients up: it forgets them when it has applied them, so that none is added to
/// those of the next batch. A parameter without a gradient is left alone.
///
/// One's own optimizer extends this class: it names the tensors that it remembers for each
/// parameter, and says how one parameter is changed by its gradient.
public abstract class Optimizer {
  private final Map<String, Tensor> parameters;
  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private final List<String> memory;
  private float learningRate;

  /// @param memory the names of what is remembered for each parameter, tensors of its shape that
  ///   are 0 at first
  protected Optimizer(Map<String, Tensor> parameters, float learningRate, List<String> memory) {
    if (parameters.isEmpty()) {
      throw Check.wrong("%s: nothing to learn; give it the parameters of a module", kind());
    }
    this.parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    this.memory = List.copyOf(memory);
    parameters.forEach((name, parameter) -> slots.put(name, new Slot(parameter, memory.size())));
    learningRate(learningRate);
  }

  /// Changes `slot.parameter()` by its gradient.
  protected abstract void update(Slot slot);

  /// Applies the gradients to the parameters that have one, and forgets them.
  public final void step() {
    for (var slot : slots.values()) {
      if (slot.parameter.hasGrad()) {
        slot.steps++;
        update(slot);
        slot.parameter.clearGrad();
      }
    }
  }

  /// What this optimizer changes, by name.
  public final Map<String, Tensor> parameters() {
    return parameters;
  }

  /// How far the next step goes.
  public final float learningRate() {
    return learningRate;
  }

  /// Sets how far the next step goes; schedules do so.
  public final void learningRate(float rate) {
    Check.notNegative(kind(), "learning rate", rate);
    learningRate = rate;
  }

  /// Leaves the parameters whose name is chosen out of weight decay; biases and the scales of layer
  /// norms are better without. Returns this optimizer.
  public final Optimizer withoutDecay(Predicate<String> names) {
    slots.forEach((name, slot) -> slot.decays &= !names.test(name));
    return this;
  }

  /// A copy of all that the optimizer remembers.
  public final State state() {
    var tensors = new LinkedHashMap<String, Tensor>();
    var steps = new LinkedHashMap<String, Long>();
    slots.forEach(
        (name, slot) -> {
          steps.put(name, slot.steps);
          for (int i = 0; i < memory.size(); i++) {
            tensors.put(name + "." + memory.get(i), slot.memory(i).copy());
          }
        });
    return new State(kind(), tensors, steps, learningRate);
  }

  /// Goes on from what another optimizer of the same kind and parameters remembered.
  ///
  /// @throws TrainException if the state is that of another kind, or its names or shapes do not fit
  public final void restore(State state) {
    if (!state.kind.equals(kind())) {
      throw Check.wrong(
          "%s: the state is that of %s; restore it with the optimizer it was made with",
          kind(), state.kind);
    }
    var now = state();
    Check.sameTensors(kind(), now.tensors, state.tensors);
    Check.sameNames(kind(), now.steps.keySet(), state.steps.keySet());
    slots.forEach(
        (name, slot) -> {
          slot.steps = Check.named(state.steps, name);
          for (int i = 0; i < memory.size(); i++) {
            slot.memory(i).assign(Check.named(state.tensors, name + "." + memory.get(i)));
          }
        });
    learningRate(state.learningRate);
  }

  private String kind() {
    return getClass().getSimpleName();
  }

  /// All that an optimizer remembers.
  ///
  /// @param kind the name of the optimizer
  /// @param tensors what is remembered of each parameter, as `weight.exp_avg`
  /// @param steps how often each parameter was changed
  public record State(
      String kind, Map<String, Tensor> tensors, Map<String, Long> steps, float learningRate) {
    public State {
      tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
      steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    }
  }

  /// One parameter and what is remembered of it.
  protected static final class Slot {
    private final Tensor parameter;
    private final List<Tensor> memory = new ArrayList<>();
    private boolean decays = true;
    private long steps;

    private Slot(Tensor parameter, int memories) {
      this.parameter = parameter;
      for (int i = 0; i < memories; i++) {
        memory.add(Tensor.zeros(parameter.shape().dims()));
      }
    }

    public Tensor parameter() {
      return parameter;
    }

    /// How many numbers the parameter has.
    public int size() {
      return parameter.shape().size();
    }

    /// What is remembered under the name of this index.
    public Tensor memory(int index) {
      return memory.get(index);
    }

    /// The number of this step, from 1; steps without a gradient do not count.
    public long step() {
      return steps;
    }

    /// The given weight decay, or 0 for a parameter that is left out of it.
    public float decay(float weightDecay) {
      return decays ? weightDecay : 0;
    }
  }
}
