import java.nio.file.Files;
import java.nio.file.Path;
import sequor.tasks.embed.AskedVectors;
import sequor.tasks.embed.Embed;

/// Learns vectors from the lines of a file, asks them, and writes them for other programs: `java …
/// Near.java log.txt`
class Near {
  public static void main(String[] arguments) throws Exception {
    var lines = Files.readAllLines(Path.of(arguments[0]));
    var embedder =
        Embed.skipGram(20).with("subsample", 0).learningRate(0.05).epochs(20).seed(1).train(lines);
    embedder.predict("schooner").words().stream().limit(3).forEach(System.out::println);
    embedder.vectors().write(Path.of("log.vec"));

    var asked = AskedVectors.of(Path.of("log.vec"));
    System.out.println(asked.neighbors().similarity("tide", "swell"));
    System.out.println(asked.evaluate(Path.of("pairs.txt")).metrics());
  }
}
