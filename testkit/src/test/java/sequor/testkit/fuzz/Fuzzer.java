package sequor.testkit.fuzz;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Runs many programs on the engine and on the reference, and says where they part.
///
/// ```
/// ./mvnw -pl testkit -am test -Dtest=AutogradFuzzTest -Dsurefire.failIfNoSpecifiedTests=false
///   -Dsequor.fuzz.graphs=100000
/// ```
///
/// - `sequor.fuzz.graphs`: how many programs; 2,000 without it
/// - `sequor.fuzz.seed`: the seed of the first; they count on from there
public final class Fuzzer {
  /// How many programs of the same kind of fault are made shorter and shown.
  private static final int SHOWN = 3;

  private final Trace trace = new Trace();
  private final ProgramGenerator generator = new ProgramGenerator(trace);
  private final Map<String, Integer> kinds = new TreeMap<>();
  private final Map<String, Integer> ops = new TreeMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private final Set<Class<?>> recorded = new HashSet<>();
  private int illConditioned;
  private int refused;
  private int twins;
  private int threads;

  /// Runs as many programs as the first argument says, and ends with 1 if one fails: for other
  /// kernels than those that a test runs with.
  public static void main(String[] arguments) {
    var fuzzer = new Fuzzer();
    fuzzer.run(0, Integer.parseInt(arguments[0]));
    System.out.println(fuzzer.report());
    System.exit(fuzzer.findings.isEmpty() ? 0 : 1);
  }

  /// A program that fails, and how.
  record Finding(Program program, Fault fault) {}

  /// Runs `count` programs.
  void run(long firstSeed, int count) {
    for (long seed = firstSeed; seed < firstSeed + count; seed++) {
      run(seed);
    }
  }

  private void run(long seed) {
    var program = generator.draw(seed);
    kinds.merge(program.kind().toLowerCase(Locale.ROOT), 1, Integer::sum);
    program.ops().forEach(op -> ops.merge(op, 1, Integer::sum));
    judge(program).ifPresent(fault -> findings.add(new Finding(program, fault)));
  }

  /// Looks at one program from all sides.
  Optional<Fault> judge(Program program) {
    var model = new Model(trace);
    model.run(program);
    if (model.ambiguous() || illConditioned(model)) {
      illConditioned++;
      return Optional.empty();
    }
    var outcome = Outcome.of(program, false);
    recorded.addAll(outcome.ops());
    var fault = Fault.find(program, model, outcome);
    refused += outcome.refusal().isPresent() ? 1 : 0;
    if (fault.isEmpty() && program.seed() % 4 == 0 && isPlain(program)) {
      twins++;
      fault = Fault.ofTwin(program, model, Outcome.of(program, true));
    }
    if (fault.isEmpty() && program.seed() % 10 == 1) {
      threads++;
      fault = Fault.bits(program);
    }
    return fault;
  }

  /// Whether so many digits cancel in some gradient that nothing can be said about it.
  private static boolean illConditioned(Model model) {
    for (int i : model.variables()) {
      if (model.hasGrad(i)) {
        double[] gradient = model.gradient(i);
        double[] errors = model.gradientErrors(i);
        for (int place = 0; place < errors.length; place++) {
          if (!(errors[place] <= 1e-3 * (1 + Math.abs(gradient[place])))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /// Twins read more of their inputs again, so nothing may have been changed.
  private static boolean isPlain(Program program) {
    return program.steps().stream()
        .noneMatch(step -> step instanceof Step.Assign || step instanceof Step.Write);
  }

  List<Finding> findings() {
    return findings;
  }

  /// The records that some tape held.
  Set<Class<?>> recorded() {
    return recorded;
  }

  /// What was run, and each kind of fault as the shortest programs that show it.
  String report() {
    var lines = new ArrayList<String>();
    int graphs = kinds.values().stream().mapToInt(i -> i).sum();
    lines.add("%d graphs: %s".formatted(graphs, kinds));
    lines.add("%d too cancelled to say, %d refused".formatted(illConditioned, refused));
    lines.add("%d with their twins, %d with 1, 2, 3 and 7 threads".formatted(twins, threads));
    lines.add("ops: " + ops);
    lines.add("%d faults".formatted(findings.size()));
    var shown = new TreeMap<Fault.Kind, Set<String>>();
    var shrinker = new Shrinker(trace, generator, this::judge);
    for (var finding : findings) {
      var kind = finding.fault().kind();
      var ofKind = shown.computeIfAbsent(kind, _ -> new TreeSet<>());
      if (ofKind.size() < SHOWN) {
        var program = shrinker.shortest(finding.program(), kind);
        if (ofKind.add(program.ops().stream().sorted().toList().toString())) {
          lines.addAll(shown(finding, program));
        }
      }
    }
    return String.join(System.lineSeparator(), lines);
  }

  /// A program made shorter, and what is wrong with it; where it only fails after others, with what
  /// was wrong at first.
  private List<String> shown(Finding finding, Program shorter) {
    var seed = finding.program().seed();
    var fault = judge(shorter).orElse(finding.fault());
    return List.of("", "seed %d, %s".formatted(seed, fault), shorter.java());
  }
}
