package sequor.cli;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import sequor.data.Catalogue;
import sequor.json.Json;
import sequor.json.JsonObject;

/// `sequor data list · show · fetch`
@Command(
    name = "data",
    description = "The data sets that recipes know.",
    synopsisSubcommandLabel = "(list | show | fetch)",
    subcommands = {DataCommand.ListThem.class, DataCommand.Show.class, DataCommand.Fetch.class})
final class DataCommand implements Runnable {
  @Spec CommandSpec spec;
  @Mixin Output output;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  DataCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(name = "list", description = "Lists them.")
  static final class ListThem implements Callable<Integer> {
    @Mixin Output output;

    @SuppressWarnings("NullAway.Init") // picocli sets the field
    ListThem() {}

    @Override
    public Integer call() {
      for (var entry : Catalogue.entries()) {
        output.result(json(entry), "%-12s %s".formatted(entry.name(), entry.about()));
      }
      return 0;
    }
  }

  @Command(name = "show", description = "Shows what one is, its terms, and where its files are.")
  static final class Show implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "One of sequor data list.")
    String name;

    @Mixin Output output;
    @Mixin DataFolder data;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    Show() {}

    @Override
    public Integer call() throws IOException {
      var entry = Catalogue.entry(name);
      var text = new StringBuilder(entry.about());
      text.append("\nlicence  ").append(entry.licence());
      text.append("\nsource   ").append(entry.source());
      if (entry.embedded()) {
        text.append("\nfile     none needed; it comes with Sequor");
      }
      for (var file : entry.files()) {
        var there = data.finder().locate(file);
        text.append("\nfile     %s, %,d bytes".formatted(file.path(), file.size()));
        text.append("\n  sha256 ").append(file.sha256());
        text.append("\n  from   ")
            .append(file.url().map(URI::toString).orElse("nowhere as it is; see source"));
        text.append("\n  here   ").append(there.map(Object::toString).orElse("not yet"));
      }
      output.result(json(entry), text.toString());
      return 0;
    }
  }

  @Command(name = "fetch", description = "Fetches the files of one, unless they are there.")
  static final class Fetch implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "One of sequor data list.")
    String name;

    @Mixin Output output;
    @Mixin DataFolder data;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    Fetch() {}

    @Override
    public Integer call() throws IOException {
      var entry = Catalogue.entry(name);
      if (entry.embedded()) {
        output.result(
            Json.object().with("name", name).with("embedded", true),
            name + " comes with Sequor; there is nothing to fetch.");
      }
      for (var file : entry.files()) {
        var path = data.finder().find(file);
        output.result(
            Json.object().with("name", name).with("path", path.toString()), path.toString());
      }
      return 0;
    }
  }

  private static JsonObject json(Catalogue.Entry entry) {
    var files = entry.files().stream().map(DataCommand::json).toList();
    return Json.object()
        .with("name", entry.name())
        .with("about", entry.about())
        .with("licence", entry.licence())
        .with("source", entry.source())
        .with("embedded", entry.embedded())
        .with("files", Json.ofList(files));
  }

  private static JsonObject json(Catalogue.File file) {
    return Json.object()
        .with("path", file.path())
        .with("part", file.part().name().toLowerCase(Locale.ROOT))
        .with("url", file.url().map(URI::toString).orElse(""))
        .with("size", file.size())
        .with("sha256", file.sha256());
  }
}
