package sequor.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import sequor.json.Json;
import sequor.recipes.Machine;

/// `sequor doctor`
@Command(
    name = "doctor",
    description = "Says what Sequor computes with here, what is wrong, and how to mend it.")
final class DoctorCommand implements Callable<Integer> {
  @Mixin Output output;
  @Mixin DataFolder data;
  @Mixin Threads threads;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  DoctorCommand() {}

  @Override
  public Integer call() {
    var facts = Machine.facts();
    facts.forEach((name, fact) -> say(name, fact, advice(name, facts)));
    var start = Start.here();
    say("start", start.found(), start.advice());
    for (var place : data.finder().places()) {
      boolean there = Files.isDirectory(place);
      say("data", place + (there ? "" : " (not there)"), "");
    }
    say("runs", Path.of("runs").toAbsolutePath().toString(), writable());
    return 0;
  }

  private void say(String name, String fact, String advice) {
    var object = Json.object().with("check", name).with("found", fact);
    output.result(
        advice.isEmpty() ? object.with("ok", true) : object.with("ok", false).with("do", advice),
        "%-9s %s%s".formatted(name, fact, advice.isEmpty() ? "" : "\n          → " + advice));
  }

  private static String advice(String name, Map<String, String> facts) {
    String fact = facts.getOrDefault(name, "");
    return switch (name) {
      case "java" -> JavaAdvice.of(Runtime.version(), Start.compactHeaders());
      case "kernels" ->
          fact.equals("scalar")
              ? "the vector kernels are not bound and everything is many times slower; start with"
                  + " ./sequor, or put kernels-vector on the module path (on the class path add"
                  + " --add-modules jdk.incubator.vector)"
              : "";
      case "jit" ->
          fact.contains("interpreted") || fact.contains("emulated-client")
              ? "this virtual machine does not use the C2 compiler; remove -Xint or -client"
              : "";
      default -> "";
    };
  }

  private static String writable() {
    return Files.isWritable(Path.of("").toAbsolutePath())
        ? ""
        : "this folder cannot be written to; give --out to sequor train";
  }
}
