package sequor.testkit.fuzz;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import sequor.tensor.Shape;
import sequor.testkit.fuzz.Step.Phase;

/// What a program must do, worked out in double precision and by the rules of the tape alone: which
/// numbers, which gradients, where none may be, and when the tape must refuse.
final class Model {
  private final Trace trace;
  private final Nudge nudge;
  private final Map<Integer, Variable> variables = new TreeMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private boolean mustRefuse;
  private boolean mayRefuse;

  Model(Trace trace) {
    this(trace, Nudge.NONE);
  }

  /// A run in which one number of a leaf is a little larger.
  Model(Trace trace, Nudge nudge) {
    this.trace = trace;
    this.nudge = nudge;
    trace.clear();
  }

  /// How much is added to which number of which leaf.
  record Nudge(int leaf, int place, double by) {
    static final Nudge NONE = new Nudge(-1, 0, 0);

    double of(int leaf, int place) {
      return leaf == this.leaf && place == this.place ? by : 0;
    }
  }

  /// Numbers in memory, which several variables may look at.
  private static final class Storage {
    double[] values = new double[0];
    double[] errors = new double[0];
    int version;
    boolean cut; // overwritten while the tape recorded, where a gradient would have flowed
    int lookedUpIn = -1; // the table that an embedding read, as a variable
  }

  /// A tensor.
  private static final class Variable {
    final Shape shape;
    final Storage storage;
    int[] slots = new int[0]; // where its gradient arrives
    int since; // the version of the storage that the slots hold the numbers of
    boolean recorded;
    boolean requires;
    boolean retains;
    boolean reached;
    double[] made = new double[0]; // what it was when it was made
    double[] madeErrors = new double[0];

    Variable(Shape shape, Storage storage) {
      this.shape = shape;
      this.storage = storage;
    }

    boolean tracked() {
      return recorded || requires;
    }
  }

  /// What the tape remembers of an op.
  private record Entry(
      Call call,
      List<Variable> outs,
      List<Boolean> tracked,
      Map<Integer, Seen> seen,
      boolean readsCut) {}

  /// A storage and the version of it that an op saw.
  private record Seen(Storage storage, int version) {
    boolean changed() {
      return storage.version != version;
    }
  }

  // Running

  /// Back to before `marked`.
  record Mark(Trace.Mark trace, int entries, Set<Integer> variables) {}

  Mark mark() {
    return new Mark(trace.mark(), entries.size(), Set.copyOf(variables.keySet()));
  }

  /// Forgets all steps since, none of which may have changed a variable of before.
  void cut(Mark mark) {
    trace.cut(mark.trace);
    entries.subList(mark.entries, entries.size()).clear();
    variables.keySet().retainAll(mark.variables);
  }

  void run(Program program) {
    program.steps().stream()
        .filter(step -> step.phase() != Phase.AFTER_BACKWARD)
        .forEach(this::step);
    walkBack(program);
    program.steps().stream()
        .filter(step -> step.phase() == Phase.AFTER_BACKWARD)
        .forEach(this::step);
  }

  void step(Step step) {
    switch (step) {
      case Step.Leaf(_, int out, Source source, boolean requiresGrad) ->
          leaf(out, source, requiresGrad);
      case Step.Compute(Phase phase, int out, Call call) -> compute(phase, out, call);
      case Step.Cut(_, int out, int x, boolean sharing) -> cut(out, variable(x), sharing);
      case Step.Flag(_, int x, Step.Property property) -> flag(variable(x), property);
      case Step.Write(Phase phase, int x, int axis, int at, int from) -> {
        cutIfRecording(phase, variable(x), from);
        write(x, axis, at, from);
      }
      case Step.Assign(Phase phase, int x, Source source, int from) -> {
        cutIfRecording(phase, variable(x), from);
        assign(variable(x), source, from);
      }
    }
  }

  private void leaf(int out, Source source, boolean requiresGrad) {
    float[] numbers = source.tensor().toArray();
    var leaf = new Variable(source.shape(), new Storage());
    leaf.requires = requiresGrad;
    leaf.slots =
        IntStream.range(0, numbers.length)
            .map(
                i -> {
                  double x = numbers[i] + nudge.of(out, i);
                  return requiresGrad ? trace.variable(x, 0) : trace.constant(x, 0);
                })
            .toArray();
    define(out, leaf);
  }

  private void define(int out, Variable made) {
    store(made);
    variables.put(out, made);
  }

  /// The storage takes the numbers of the slots.
  private void store(Variable made) {
    var storage = made.storage;
    if (storage.version == 0 && storage.values.length == 0) {
      storage.values = IntStream.of(made.slots).mapToDouble(trace::value).toArray();
      storage.errors = IntStream.of(made.slots).mapToDouble(trace::error).toArray();
    }
    made.since = storage.version;
    made.made = storage.values.clone();
    made.madeErrors = storage.errors.clone();
  }

  private void compute(Phase phase, int out, Call call) {
    var ins = call.inputs().stream().map(this::variable).toList();
    var tracked =
        IntStream.range(0, ins.size())
            .mapToObj(i -> ins.get(i).tracked() && !call.passive().contains(i))
            .toList();
    boolean recorded = phase == Phase.ON_TAPE && tracked.contains(true);
    var results = call.plain().apply(trace, ins.stream().map(this::read).toList());
    var outs = new ArrayList<Variable>();
    for (int i = 0; i < results.size(); i++) {
      var result = results.get(i);
      var storage = call.view() ? ins.getFirst().storage : new Storage();
      var made = new Variable(result.shape(), storage);
      made.recorded = recorded;
      made.slots =
          IntStream.of(result.all())
              .map(
                  node ->
                      recorded
                          ? trace.arrival(node)
                          : trace.constant(trace.value(node), trace.error(node)))
              .toArray();
      define(out + i, made);
      if (call.op().startsWith("embedding")) {
        storage.lookedUpIn = call.inputs().getFirst();
      }
      outs.add(made);
    }
    if (recorded) {
      boolean readsCut =
          IntStream.range(0, ins.size())
              .anyMatch(i -> !call.passive().contains(i) && ins.get(i).storage.cut);
      entries.add(new Entry(call, outs, tracked, seen(call, ins, outs), readsCut));
    }
  }

  private Map<Integer, Seen> seen(Call call, List<Variable> ins, List<Variable> outs) {
    var seen = new TreeMap<Integer, Seen>();
    for (int i = 0; i < ins.size(); i++) {
      seen.put(i, new Seen(ins.get(i).storage, ins.get(i).storage.version));
    }
    seen.put(Needs.RESULT, new Seen(outs.getFirst().storage, outs.getFirst().storage.version));
    var table = ins.isEmpty() ? -1 : ins.getFirst().storage.lookedUpIn;
    if (call.op().startsWith("recurrence") && variables.containsKey(table)) {
      seen.put(Needs.TABLE, new Seen(variable(table).storage, variable(table).storage.version));
    }
    return seen;
  }

  /// The nodes of a variable's numbers as they are now.
  private Ref read(Variable x) {
    if (x.since == x.storage.version) {
      return Ref.of(x.shape, i -> x.slots[i]);
    }
    return Ref.of(
        x.shape, i -> trace.replaced(x.slots[i], x.storage.values[i], x.storage.errors[i]));
  }

  private void cut(int out, Variable x, boolean sharing) {
    var made = new Variable(x.shape, sharing ? x.storage : new Storage());
    made.slots =
        IntStream.range(0, x.slots.length)
            .map(i -> trace.constant(x.storage.values[i], x.storage.errors[i]))
            .toArray();
    define(out, made);
  }

  private void flag(Variable x, Step.Property property) {
    if (property == Step.Property.RETAINS_GRAD) {
      x.retains = true;
    }
    if (property != Step.Property.REQUIRES_GRAD) {
      return;
    }
    x.requires = true;
    x.slots =
        IntStream.range(0, x.slots.length)
            .map(i -> trace.variable(x.storage.values[i], x.storage.errors[i]))
            .toArray();
    x.since = x.storage.version;
  }

  private void cutIfRecording(Phase phase, Variable target, int from) {
    boolean gradientFlows = target.recorded || (from >= 0 && variable(from).tracked());
    target.storage.cut |= phase == Phase.ON_TAPE && gradientFlows;
  }

  private void assign(Variable x, Source source, int from) {
    var storage = x.storage;
    if (from >= 0) {
      storage.errors = variable(from).storage.errors.clone();
      storage.values = variable(from).storage.values.clone();
    } else {
      float[] numbers = source.tensor().toArray();
      storage.errors = new double[numbers.length];
      storage.values = IntStream.range(0, numbers.length).mapToDouble(i -> numbers[i]).toArray();
    }
    storage.version++;
    storage.lookedUpIn = -1;
  }

  private void write(int x, int axis, int at, int from) {
    var target = variable(x);
    var source = variable(from);
    var storage = target.storage;
    double[] values = storage.values.clone();
    double[] errors = storage.errors.clone();
    for (int place = 0; place < source.shape.size(); place++) {
      int[] index = Ref.index(source.shape, place);
      index[Math.floorMod(axis, index.length)] += at;
      int there = Ref.place(target.shape, index);
      values[there] = source.storage.values[place];
      errors[there] = source.storage.errors[place];
    }
    storage.values = values;
    storage.errors = errors;
    storage.version++;
    storage.lookedUpIn = -1;
  }

  private Variable variable(int i) {
    var variable = variables.get(i);
    if (variable == null) {
      throw new IllegalStateException("no variable t" + i);
    }
    return variable;
  }

  // Walking back

  /// Follows the gradient from result to inputs, and looks whether something that is needed on the
  /// way was changed. What happens after the tape has walked back does not count.
  private void walkBack(Program program) {
    var loss = variable(program.loss());
    loss.reached = true;
    mustRefuse |= loss.storage.cut;
    for (var entry : entries.reversed()) {
      if (entry.outs.stream().anyMatch(out -> out.reached)) {
        mark(entry);
      }
    }
    float[] weights = program.gradient().tensor().toArray();
    double[] gradient = IntStream.range(0, weights.length).mapToDouble(i -> weights[i]).toArray();
    trace.backward(loss.slots, gradient);
  }

  private void mark(Entry entry) {
    var ins = entry.call.inputs();
    for (int i = 0; i < ins.size(); i++) {
      if (entry.tracked.get(i)) {
        variable(ins.get(i)).reached = true;
      }
    }
    var changed = new HashSet<Integer>();
    entry.seen.forEach((i, seen) -> addIf(seen.changed(), changed, i));
    mustRefuse |= entry.readsCut;
    var needs = entry.call.needs();
    mustRefuse |= needs.must().refuse(changed, entry.tracked);
    mayRefuse |= changed.stream().anyMatch(needs.may()::contains);
  }

  private static void addIf(boolean condition, Set<Integer> to, int i) {
    if (condition) {
      to.add(i);
    }
  }

  // Answers

  boolean ambiguous() {
    return trace.ambiguous();
  }

  /// Whether walking back would give a wrong gradient, and must be refused.
  boolean mustRefuse() {
    return mustRefuse;
  }

  /// Whether walking back may be refused.
  boolean mayRefuse() {
    return mayRefuse || mustRefuse;
  }

  Set<Integer> variables() {
    return variables.keySet();
  }

  Shape shape(int i) {
    return variable(i).shape;
  }

  boolean tracked(int i) {
    return variable(i).tracked();
  }

  boolean recorded(int i) {
    return variable(i).recorded;
  }

  double[] values(int i) {
    return variable(i).storage.values;
  }

  double[] errors(int i) {
    return variable(i).storage.errors;
  }

  double[] made(int i) {
    return variable(i).made;
  }

  double[] madeErrors(int i) {
    return variable(i).madeErrors;
  }

  /// Whether a gradient can be read after walking back.
  boolean hasGrad(int i) {
    var x = variable(i);
    return x.reached && (x.requires || (x.retains && x.recorded));
  }

  boolean requires(int i) {
    return variable(i).requires;
  }

  double[] gradient(int i) {
    return IntStream.of(variable(i).slots).mapToDouble(trace::gradient).toArray();
  }

  double[] gradientErrors(int i) {
    return IntStream.of(variable(i).slots).mapToDouble(trace::gradientError).toArray();
  }

  /// Whether changing this variable now would make some op on the tape refuse, now or later.
  boolean needed(int i) {
    var storage = variable(i).storage;
    return entries.stream()
        .anyMatch(
            entry ->
                entry.seen.entrySet().stream()
                    .anyMatch(
                        seen ->
                            seen.getValue().storage == storage
                                && entry.call.needs().may().contains(seen.getKey())));
  }
}
