import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sequor.models.RecurrentEncoder;
import sequor.tasks.classify.Classifier;
import sequor.tasks.classify.Classify;
import sequor.tasks.classify.Example;

/// Trains on what a program has in memory, with neither files nor YAML, and saves the model.
class Trains {
  public static void main(String[] arguments) {
    var tickets = new ArrayList<Example>();
    for (var thing : List.of("printer", "screen", "laptop", "phone", "scanner", "keyboard")) {
      tickets.add(Example.of("the " + thing + " is on fire", "repair"));
      tickets.add(Example.of("the " + thing + " does not start", "repair"));
      tickets.add(Example.of("please pay the " + thing, "accounts"));
      tickets.add(Example.of("the invoice for the " + thing + " is wrong", "accounts"));
    }

    var trained = Classify.with(RecurrentEncoder.gru(32)).epochs(20).seed(7).train(tickets);
    trained.save(Path.of("models/tickets"));

    var again = Classifier.load(Path.of("models/tickets"));
    System.out.println(again.predict("the mouse does not start").label());
  }
}
