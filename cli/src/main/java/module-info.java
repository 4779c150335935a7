import org.jspecify.annotations.NullMarked;

/** The command line: one class a command. */
@NullMarked
module sequor.cli {
  requires static org.jspecify;
  requires sequor.recipes;
  requires sequor.speed;
  requires info.picocli;
  requires jdk.management;

  opens sequor.cli to
      info.picocli;
}
