import java.nio.file.Path;
import sequor.tasks.language.Generator;

/// Says what may come after a beginning, puts what it has read aside, and goes on: `java …
/// Suggests.java runs/weather "In the n"`
class Suggests {
  public static void main(String[] arguments) {
    var model = Generator.load(Path.of(arguments[0]));
    var session = model.session();
    session.read(arguments[1]).top(3).forEach(System.out::println);

    byte[] aside = session.toBytes();
    var likeliest = session.now().top(1).getFirst();
    System.out.println(aside.length + " bytes; after " + likeliest.token() + " may come:");
    model.session(aside).step(likeliest.token()).top(3).forEach(System.out::println);
  }
}
