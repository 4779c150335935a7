package sequor.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import sequor.json.Json;
import sequor.recipes.Machine;
import sequor.speed.MatrixProduct;
import sequor.speed.Peak;
import sequor.speed.ProductShare;

/// `sequor bench peak`
@Command(
    name = "peak",
    description = {
      "Measures the machine's peak, which is multiply-adds on numbers in registers, and what matrix"
          + " products get of it, with each factor as it is (N) or transposed in memory (T).",
      "Both take turns in bursts of 20 ms, and the share is the median of the turns, of which the"
          + " least and the greatest stand beside it: other programs on the machine then disturb it"
          + " little. Cores are how many worked on the product; fewer than threads where others"
          + " wanted them too."
    })
final class BenchPeakCommand implements Callable<Integer> {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})[x×](\\d{1,9})[x×](\\d{1,9})");
  private static final String ROW = "%7s %6s %6s %6s  %-6s %18s %18s %8s %15s %6s";
  private static final String HEADER =
      ROW.formatted(
          "threads", "m", "n", "k", "layout", "product", "peak", "share", "low – high", "cores");

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Measure with N threads (default: with one, then with as many as cores).")
  Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--size",
      paramLabel = "MxNxK",
      defaultValue = "1536x1536x1536,2560x1024x512,64x2048x512",
      split = ",",
      description = "Which products, (M,K) · (K,N) → (M,N) (default: ${DEFAULT-VALUE}).")
  List<String> sizes = new ArrayList<>();

  @Option(
      names = "--rounds",
      paramLabel = "R",
      defaultValue = "15",
      description = "How many turns both take (default: ${DEFAULT-VALUE}).")
  int rounds;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "3",
      description =
          "Run all products for so long together before the timing, so that Java has compiled what"
              + " is timed (default: ${DEFAULT-VALUE}).")
  double warmUp;

  @Mixin Output output;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  BenchPeakCommand() {}

  @Override
  public Integer call() {
    Figures.requireRuns(output, "--rounds", rounds);
    var duration = WarmUp.duration(output.command, warmUp);
    threads.ifPresent(count -> Threads.check(output.command, count));
    var products = sizes.stream().flatMap(size -> products(size).stream()).toList();
    int[] counts =
        threads.isPresent()
            ? new int[] {threads.get()}
            : IntStream.of(1, Figures.threads()).distinct().toArray();
    if (!output.json) {
      output.out().println(HEADER);
    }
    for (int count : counts) {
      Machine.threads(count);
      Peak.warmUp(products, duration);
      products.forEach(product -> print(Peak.share(product, rounds)));
    }
    return 0;
  }

  private List<MatrixProduct> products(String size) {
    var sizes = SIZE.matcher(size.strip());
    if (!sizes.matches()) {
      throw misused("--size: expected MxNxK such as 64x2048x512, got \"" + size + "\"");
    }
    int m = Integer.parseInt(sizes.group(1));
    int n = Integer.parseInt(sizes.group(2));
    int k = Integer.parseInt(sizes.group(3));
    try {
      return MatrixProduct.everyLayout(m, n, k);
    } catch (IllegalArgumentException e) {
      throw misused("--size: " + e.getMessage());
    }
  }

  private ParameterException misused(String message) {
    return new ParameterException(output.command.commandLine(), message);
  }

  private void print(ProductShare share) {
    var product = share.product();
    output.result(
        Json.object()
            .with("threads", share.threads())
            .with("m", product.m())
            .with("n", product.n())
            .with("k", product.k())
            .with("transposed", product.layout().name())
            .with("gflops", Figures.rounded(share.gigaflops()))
            .with("peak_gflops", Figures.rounded(share.peakGigaflops()))
            .with("share", Figures.rounded(share.share().median()))
            .with("share_low", Figures.rounded(share.share().low()))
            .with("share_high", Figures.rounded(share.share().high()))
            .with("cores", Figures.rounded(share.cores())),
        ROW.formatted(
            share.threads(),
            product.m(),
            product.n(),
            product.k(),
            product.layout(),
            Figures.text(share.gigaflops()) + " GFLOP/s",
            Figures.text(share.peakGigaflops()) + " GFLOP/s",
            percent(share.share().median()),
            percent(share.share().low()) + " – " + percent(share.share().high()),
            "%.2f".formatted(share.cores())));
  }

  private static String percent(double share) {
    return "%.0f %%".formatted(100 * share);
  }
}
