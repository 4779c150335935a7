package sequor.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import sequor.tensor.Ids;
import sequor.tensor.InPlace;
import sequor.tensor.Tape;
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
/// A step also clears the gradients that it has applied, as PyTorch's `zero_grad` does, so that
/// none is added to those of the next batch. A parameter without a gradient is left alone, and so
/// is a frozen one, which gets none: it does not decay, and its state stays.
///
/// As in PyTorch, gradients of parameters that the optimizer was not given add up from step to
/// step. Freeze what is not to be trained (`NnModule.freeze`), or clear its gradients.
///
/// Parameters may differ in learning rate and weight decay, as PyTorch's parameter groups do:
///
/// ```java
/// new AdamW(model.parameters(), 1e-3f)
///     .group(name -> name.startsWith("encoder."), group -> group.withLearningRate(2e-5f))
///     .withoutDecay(name -> name.endsWith("bias"));
/// ```
///
/// Of a table whose gradient is sparse ([Tensor#sparseGrad]) only the rows that have a gradient are
/// changed, and only their state: the moments of all others wait as they are, and weight decay
/// reaches a row when a gradient does. The number of the step, by which Adam corrects its means, is
/// that of the whole table. All this is as in PyTorch's SparseAdam, for every optimizer.
///
/// One's own optimizer extends this class: it names the tensors of its state, such as
/// `momentum_buffer`, and says how one parameter is updated by its gradient.
public abstract class Optimizer {
  private final Map<String, Tensor> parameters;
  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private final List<String> stateNames;
  private final float baseRate;
  private double factor = 1; // of the base rates of all groups

  /// @param learningRate of all parameters that are put into no group of their own
  /// @param weightDecay likewise
  /// @param stateNames the names of the tensors that are kept for each parameter, of its shape and
  ///   0 at first
  protected Optimizer(
      Map<String, Tensor> parameters,
      float learningRate,
      float weightDecay,
      List<String> stateNames) {
    if (parameters.isEmpty()) {
      throw Check.wrong("%s: nothing to learn; give it the parameters of a module", kind());
    }
    this.parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    this.stateNames = List.copyOf(stateNames);
    this.baseRate = learningRate;
    var group = new Group(learningRate, weightDecay);
    parameters.forEach(
        (name, parameter) -> slots.put(name, new Slot(parameter, group, stateNames.size())));
  }

  /// Changes `slot.parameter()` by its gradient.
  protected abstract void update(Slot slot);

  /// Updates the parameters that have a gradient, and clears it.
  public final void step() {
    for (var slot : slots.values()) {
      if (slot.parameter.hasGrad()) {
        slot.steps++;
        slot.parameter.gradRows().ifPresentOrElse(rows -> update(slot, rows), () -> update(slot));
        slot.parameter.clearGrad();
      }
    }
  }

  /// A step on the rows that have a gradient, as if there were no others.
  private void update(Slot slot, Ids rows) {
    Tape.scratch(
        () -> {
          var few = slot.take(rows);
          update(few);
          slot.put(rows, few);
        });
  }

  /// What this optimizer changes, by name.
  public final Map<String, Tensor> parameters() {
    return parameters;
  }

  /// The learning rate of the next step, of parameters that are in no group of their own.
  public final float learningRate() {
    return rate(baseRate);
  }

  /// The learning rate of the next step of one parameter.
  ///
  /// @throws TrainException if there is none of this name
  public final float learningRate(String parameter) {
    var slot = slots.get(parameter);
    if (slot == null) {
      throw Check.wrong(
          "%s: no parameter '%s'; choose one of %s", kind(), parameter, slots.keySet());
    }
    return slot.learningRate();
  }

  /// Sets the learning rate of the next step; those of groups change by the same factor.
  ///
  /// @throws TrainException if the optimizer was made with a rate of 0, which no factor changes
  public final void learningRate(float rate) {
    Check.notNegative(kind(), "learning rate", rate);
    if (baseRate == 0 && rate != 0) {
      throw Check.wrong(
          "%s: it was made with learning rate 0, which no factor makes %s; make it with the rate"
              + " that schedules multiply",
          kind(), rate);
    }
    factor = baseRate == 0 ? factor : (double) rate / baseRate;
  }

  /// Sets all learning rates to those that the optimizer and its groups were made with, times a
  /// factor; schedules do so.
  public final void scaleLearningRate(double factor) {
    Check.notNegative(kind(), "the factor of the learning rate", factor);
    this.factor = factor;
  }

  /// What the learning rates are multiplied by now.
  double learningRateFactor() {
    return factor;
  }

  private float rate(float base) {
    return (float) (base * factor);
  }

  /// Gives the parameters whose name is chosen other settings than they have. Where groups overlap,
  /// each call starts from what the calls before it have set. Returns this optimizer.
  ///
  /// @param settings makes the new settings of those so far
  /// @throws TrainException if no name is chosen
  public final Optimizer group(Predicate<String> names, UnaryOperator<Group> settings) {
    if (slots.keySet().stream().noneMatch(names)) {
      throw Check.wrong("%s: a group of no parameter; choose some of %s", kind(), slots.keySet());
    }
    slots.forEach(
        (name, slot) -> {
          if (names.test(name)) {
            slot.group = settings.apply(slot.group);
          }
        });
    return this;
  }

  /// Leaves the parameters whose name is chosen, if any is, out of weight decay; biases and the
  /// scales of layer norms are better without. Returns this optimizer.
  public final Optimizer withoutDecay(Predicate<String> names) {
    return slots.keySet().stream().anyMatch(names)
        ? group(names, group -> group.withWeightDecay(0))
        : this;
  }

  /// A copy of the optimizer's state.
  public final State state() {
    var tensors = new LinkedHashMap<String, Tensor>();
    var steps = new LinkedHashMap<String, Long>();
    slots.forEach(
        (name, slot) -> {
          steps.put(name, slot.steps);
          for (int i = 0; i < stateNames.size(); i++) {
            tensors.put(name + "." + stateNames.get(i), slot.state(i).copy());
          }
        });
    return new State(kind(), tensors, steps, learningRate(), factor);
  }

  /// Goes on from the state of another optimizer of the same kind and parameters.
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
    factor = state.factor;
    if (learningRate() != state.learningRate) { // saved before factors were, or with another base
      learningRate(state.learningRate);
    }
    slots.forEach(
        (name, slot) -> {
          slot.steps = Check.named(state.steps, name);
          for (int i = 0; i < stateNames.size(); i++) {
            slot.state(i).assign(Check.named(state.tensors, name + "." + stateNames.get(i)));
          }
        });
  }

  private String kind() {
    return getClass().getSimpleName();
  }

  /// The state of an optimizer.
  ///
  /// @param kind the name of the optimizer
  /// @param tensors what is kept for each parameter, as `weight.exp_avg`
  /// @param steps how often each parameter was updated
  /// @param learningRate of the next step
  /// @param factor what the rates that the optimizer and its groups were made with are multiplied
  ///   by
  public record State(
      String kind,
      Map<String, Tensor> tensors,
      Map<String, Long> steps,
      float learningRate,
      double factor) {
    public State {
      tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
      steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    }
  }

  /// What a group of parameters has in common.
  ///
  /// @param learningRate η₀, which schedules multiply
  /// @param weightDecay λ
  public record Group(float learningRate, float weightDecay) {
    public Group {
      Check.notNegative("parameter group", "learning rate", learningRate);
      Check.notNegative("parameter group", "weight decay", weightDecay);
    }

    public Group withLearningRate(float to) {
      return new Group(to, weightDecay);
    }

    public Group withWeightDecay(float to) {
      return new Group(learningRate, to);
    }
  }

  /// One parameter and its state.
  protected final class Slot {
    private final Tensor parameter;
    private final List<Tensor> state = new ArrayList<>();
    private Group group;
    private long steps;

    private Slot(Tensor parameter, Group group, int states) {
      this(parameter, group);
      for (int i = 0; i < states; i++) {
        state.add(Tensor.zeros(parameter.shape().dims()));
      }
    }

    private Slot(Tensor parameter, Group group) {
      this.parameter = parameter;
      this.group = group;
    }

    /// A slot of some rows alone.
    private Slot take(Ids rows) {
      var few = new Slot(InPlace.takeRows(parameter, rows), group);
      few.steps = steps;
      state.forEach(each -> few.state.add(InPlace.takeRows(each, rows)));
      return few;
    }

    /// Puts back what was taken.
    private void put(Ids rows, Slot few) {
      InPlace.putRows(parameter, rows, few.parameter);
      for (int i = 0; i < state.size(); i++) {
        InPlace.putRows(state(i), rows, few.state(i));
      }
    }

    public Tensor parameter() {
      return parameter;
    }

    /// How many numbers the parameter has.
    public int size() {
      return parameter.shape().size();
    }

    /// The state tensor whose name has this index.
    public Tensor state(int index) {
      return state.get(index);
    }

    /// The number of this step, from 1; steps without a gradient do not count.
    public long step() {
      return steps;
    }

    /// The learning rate of this step.
    public float learningRate() {
      return rate(group.learningRate);
    }

    public float weightDecay() {
      return group.weightDecay;
    }
  }
}
