package sequor.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DataFinderTest {
  private static final byte[] CONTENT =
      "nationality,split,surname\nKorean,train,Kang\n".getBytes(UTF_8);

  @TempDir Path home;
  private final CountDownLatch over = new CountDownLatch(1);
  private HttpServer server;
  private ExecutorService threads;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.createContext("/good", exchange -> answer(exchange, 200, CONTENT, CONTENT.length));
    server.createContext("/missing", exchange -> answer(exchange, 404, CONTENT, CONTENT.length));
    server.createContext("/large", exchange -> answer(exchange, 200, new byte[1 << 20], 0));
    server.createContext("/short", exchange -> answer(exchange, 200, new byte[3], 0));
    server.createContext(
        "/truncated", exchange -> answer(exchange, 200, new byte[3], CONTENT.length));
    server.createContext("/other", exchange -> answer(exchange, 200, other(), CONTENT.length));
    server.createContext("/silent", exchange -> await());
    server.createContext(
        "/slow",
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT, 0, 5);
          exchange.getResponseBody().flush();
          await();
        });
    server.createContext(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/good");
          answer(exchange, 302, new byte[0], -1);
        });
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private static byte[] other() {
    byte[] other = CONTENT.clone();
    other[3] ^= 1;
    return other;
  }

  /// @param length what the headers say; 0 leaves it open
  private static void answer(HttpExchange exchange, int status, byte[] body, int length)
      throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, length);
      exchange.getResponseBody().write(body);
    }
  }

  private void await() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Catalogue.File file(String where) throws Exception {
    return new Catalogue.File(
        "surnames/surnames.csv",
        "http://localhost:" + server.getAddress().getPort() + "/" + where,
        CONTENT.length,
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(CONTENT)));
  }

  private DataFinder finder() {
    return DataFinder.of(Map.of(), home);
  }

  private Path cached() {
    return home.resolve(".cache/sequor/surnames/surnames.csv");
  }

  @Test
  void whatIsNowhereIsFetchedOnceAndKept() throws Exception {
    assertThat(finder().locate(file("good"))).isEmpty();
    assertThat(finder().find(file("good"))).isEqualTo(cached()).hasBinaryContent(CONTENT);
    assertThat(finder().find(file("missing"))).isEqualTo(cached()); // nobody asks the server
  }

  @Test
  void redirectionsAreFollowed() throws Exception {
    assertThat(finder().find(file("moved"))).hasBinaryContent(CONTENT);
  }

  @Test
  void aDamagedCacheIsFetchedAnew() throws Exception {
    Files.createDirectories(cached().getParent());
    Files.write(cached(), other());
    assertThat(finder().find(file("good"))).hasBinaryContent(CONTENT);
  }

  @Test
  void theCacheIsWhereTheEnvironmentSays() throws Exception {
    var xdg = Map.of("XDG_CACHE_HOME", home.resolve("xdg").toString());
    assertThat(DataFinder.of(xdg, home).find(file("good")))
        .isEqualTo(home.resolve("xdg/sequor/surnames/surnames.csv"));
    var relative = Map.of("XDG_CACHE_HOME", "xdg", "SEQUOR_DATA", " ");
    assertThat(DataFinder.of(relative, home).places())
        .containsExactly(home.resolve(".cache/sequor"));
  }

  @Test
  void foldersAreLookedIntoInOrder() throws Exception {
    Path given = Files.createDirectory(home.resolve("given"));
    Path named = home.resolve("named");
    Path below = Files.createDirectories(named.resolve("surnames"));
    var finder = DataFinder.of(Map.of("SEQUOR_DATA", named.toString()), home).withFolder(given);
    assertThat(finder.places()).containsExactly(given, named, home.resolve(".cache/sequor"));

    finder.find(file("good"));
    Path second = Files.writeString(below.resolve("surnames.csv"), "mine");
    assertThat(finder.find(file("missing"))).isEqualTo(second);
    Path first = Files.writeString(given.resolve("surnames.csv"), "mine");
    assertThat(finder.find(file("missing"))).isEqualTo(first);
    Files.createDirectory(given.resolve("surnames"));
    Path better = Files.writeString(given.resolve("surnames/surnames.csv"), "mine");
    assertThat(finder.find(file("missing"))).isEqualTo(better);
  }

  @Test
  void whatIsNotTheFileIsNotKept() throws Exception {
    refuses("missing", "the server's answer 404");
    refuses("other", "the SHA-256 ");
    refuses("large", "expected to fetch it, got java.io.IOException");
    refuses("short", "3 bytes instead of 44");
    refuses("truncated", "expected to fetch it, got java.io.IOException");
  }

  @Test
  void aServerThatHangsIsLeft() throws Exception {
    refuses("silent", "not all of it within");
    refuses("slow", "not all of it within");
  }

  private void refuses(String where, String why) throws Exception {
    var file = file(where);
    var finder = finder().withTimeout(Duration.ofSeconds(where.startsWith("s") ? 1 : 20));
    assertThatThrownBy(() -> finder.find(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("surnames/surnames.csv: expected to fetch it, got ")
        .hasMessageContaining(why);
    assertThat(cached().getParent()).isEmptyDirectory();
  }

  @Test
  void withoutANetworkTheErrorSaysWhatToDo() throws Exception {
    var file = file("good");
    server.stop(0);
    assertThatThrownBy(() -> finder().find(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("ConnectException")
        .hasMessageContaining("it is not in " + home.resolve(".cache/sequor") + " either")
        .hasMessageEndingWith(
            "get surnames.csv from "
                + file.url().orElseThrow()
                + " by other means, put it into a folder, "
                + "and name the folder with --data or SEQUOR_DATA");
  }

  @Test
  void aFolderThatIsNoneIsSaid() throws IOException {
    assertThatThrownBy(() -> finder().withFolder(home.resolve("none")))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith(
            "none: expected a folder, got no such folder; name the folder that holds the data");
    Path file = Files.createFile(home.resolve("file"));
    assertThatThrownBy(() -> finder().withFolder(file))
        .hasMessageContaining("expected a folder, got a file");
  }

  @Test
  void whatNobodyPublishesIsNotFetched() {
    var file = Catalogue.File.unpublished("imdb/train.csv.gz", 1, "");
    assertThatThrownBy(() -> finder().find(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("imdb/train.csv.gz: expected it in a folder of yours, got none in ")
        .hasMessageEndingWith(
            "and nobody publishes it as it is; make it (sequor data show says of what), and name the"
                + " folder with --data or SEQUOR_DATA");
  }
}
