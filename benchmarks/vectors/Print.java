import java.nio.file.Files;
import java.nio.file.Path;
import sequor.vectors.WordVectors;

/// `Print VECTORS WORDS`: the vector of each word of a file of words, every digit of it.
///
/// `Print VECTORS TO`: the same vectors in the format that the name of `TO` asks for.
void main(String... arguments) throws Exception {
  var vectors = WordVectors.read(Path.of(arguments[0]));
  var other = Path.of(arguments[1]);
  if (!Files.exists(other)) {
    vectors.write(other);
    return;
  }
  for (var word : Files.readAllLines(other)) {
    var line = new StringBuilder(word);
    vectors
        .vector(word)
        .ifPresent(
            vector -> {
              for (float number : vector) {
                line.append(' ').append(number);
              }
            });
    IO.println(line);
  }
}
