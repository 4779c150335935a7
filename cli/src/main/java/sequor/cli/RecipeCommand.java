package sequor.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import sequor.AtomicFile;
import sequor.json.Json;
import sequor.recipes.Recipe;
import sequor.recipes.RecipeException;

/// `sequor recipe list · show · init`
@Command(
    name = "recipe",
    description = "The recipes there are, one with all its keys and comments, or a new one.",
    subcommands = {RecipeCommand.ListAll.class, RecipeCommand.Show.class, RecipeCommand.Init.class})
final class RecipeCommand implements Callable<Integer> {
  @Mixin Output output;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  RecipeCommand() {}

  @Override
  public Integer call() {
    output.command.commandLine().usage(output.out());
    return 0;
  }

  @Command(name = "list", description = "The recipes, and the tasks that a recipe can be for.")
  static final class ListAll implements Callable<Integer> {
    @Mixin Output output;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    ListAll() {}

    @Override
    public Integer call() {
      for (var name : Recipe.catalogue()) {
        print(name, Recipe.load(name, List.of()).about(), "recipe");
      }
      for (var name : Recipe.tasks()) {
        print(name, "a task: " + Recipe.load(name, List.of()).task().about(), "task");
      }
      return 0;
    }

    private void print(String name, String about, String kind) {
      output.result(
          Json.object().with("name", name).with("kind", kind).with("about", about),
          "%-28s  %s".formatted(name, about));
    }
  }

  @Command(name = "show", description = "One with all its keys, each with what it is.")
  static final class Show implements Callable<Integer> {
    @Parameters(paramLabel = "RECIPE", description = "A recipe, a task, or a .yaml file.")
    String name;

    @Option(
        names = "--set",
        paramLabel = "KEY=VALUE",
        description = "Replace a value of the recipe, such as model.encoder=bag.")
    List<String> overrides = List.of();

    @Mixin Output output;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    Show() {}

    @Override
    public Integer call() {
      var recipe = Recipe.load(name, overrides);
      output.result(
          Json.object()
              .with("name", recipe.name())
              .with("task", recipe.task().name())
              .with("about", recipe.about())
              .with("settings", recipe.settings().values()),
          recipe.resolved().stripTrailing());
      return 0;
    }
  }

  @Command(name = "init", description = "Writes a new recipe with all keys, to be edited.")
  static final class Init implements Callable<Integer> {
    @Parameters(
        index = "0",
        paramLabel = "RECIPE",
        description = "What it begins with: a recipe or a task.")
    String name;

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "FILE",
        description = "Where to (default: RECIPE.yaml).")
    Optional<Path> file = Optional.empty();

    @Mixin Output output;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    Init() {}

    @Override
    public Integer call() throws IOException {
      var recipe = Recipe.load(name, List.of());
      var target = file.orElse(Path.of(recipe.name() + ".yaml"));
      if (!target.toString().matches(".*\\.ya?ml")) {
        throw new ParameterException(
            output.command.commandLine(), "expected a .yaml file, got " + target);
      }
      if (Files.exists(target)) {
        throw new RecipeException(
            "%s: expected no file there, got one; name another".formatted(target));
      }
      AtomicFile.write(target, recipe.resolved());
      output.result(
          Json.object().with("file", target.toString()),
          "%s: edit it, then: sequor train %s".formatted(target, target));
      return 0;
    }
  }
}
