import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import sequor.tasks.classify.Classifier;

/// Answers questions with a trained model: `java … Answers.java runs/tickets "a text" …`
class Answers {
  public static void main(String[] arguments) throws Exception {
    var classifier = Classifier.load(Path.of(arguments[0]));
    var texts = List.of(arguments).subList(1, arguments.length);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          texts.stream().map(text -> threads.submit(() -> classifier.predict(text))).toList();
      for (int i = 0; i < answers.size(); i++) {
        var answer = answers.get(i).get();
        System.out.printf("%s → %s (%.2f)%n", texts.get(i), answer.label(), answer.probability());
      }
    }
  }
}
