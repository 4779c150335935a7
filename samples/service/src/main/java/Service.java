import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import sequor.models.RecurrentEncoder;
import sequor.tasks.classify.Classifier;
import sequor.tasks.classify.Classify;
import sequor.tasks.classify.Example;

/// A service of one's own: trains on what it has in memory, saves the model, loads it, and answers
/// 64 virtual threads from that one model.
final class Service {
  private static final int CLIENTS = 64;

  private Service() {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("service").resolve("tickets");
    Classify.with(RecurrentEncoder.gru(48)).epochs(15).seed(1).train(tickets()).save(folder);
    Classifier classifier = Classifier.load(folder);

    List<String> questions = List.of("the printer is on fire", "please pay the invoice again");
    List<String> expected = questions.stream().map(q -> classifier.predict(q).label()).toList();
    int served = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<String>>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(
            threads.submit(
                () -> questions.stream().map(q -> classifier.predict(q).label()).toList()));
      }
      for (var client : clients) {
        if (!client.get().equals(expected)) {
          throw new IllegalStateException("a client got another answer: " + client.get());
        }
        served++;
      }
    }
    System.out.println(questions + " → " + expected);
    System.out.println(served + " clients served");
  }

  private static List<Example> tickets() {
    List<Example> tickets = new ArrayList<>();
    for (String thing : List.of("printer", "screen", "keyboard", "laptop", "mouse", "phone")) {
      for (String trouble : List.of("is on fire", "is broken", "does not start", "makes noise")) {
        tickets.add(Example.of("the " + thing + " " + trouble, "repair"));
      }
      for (String wish : List.of("pay", "send", "check", "correct")) {
        tickets.add(Example.of("please " + wish + " the invoice for the " + thing, "accounts"));
      }
    }
    return tickets;
  }
}
