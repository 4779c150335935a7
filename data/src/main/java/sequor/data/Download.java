package sequor.data;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import sequor.AtomicFile;
import sequor.Sha256;

/// Fetches one file over HTTP, and keeps it only if it is the very one that was meant.
///
/// What comes over the line is not trusted: it goes into a part file, no more bytes than expected
/// are taken, all of it must be there in time, and its name is put on it after its checksum is
/// found right.
final class Download {
  private final Catalogue.File file;
  private final Duration timeout;

  Download(Catalogue.File file, Duration timeout) {
    this.file = file;
    this.timeout = timeout;
  }

  void to(Path target) throws IOException {
    Path folder = Files.createDirectories(target.toAbsolutePath().getParent());
    Path part = Files.createTempFile(folder, "." + file.name() + ".", ".part");
    try {
      int status = fetch(part);
      if (status != 200) {
        throw failed("the server's answer " + status);
      }
      if (Files.size(part) != file.size()) {
        throw failed("%,d bytes instead of %,d".formatted(Files.size(part), file.size()));
      }
      String sha256 = Sha256.of(part);
      if (!sha256.equals(file.sha256())) {
        throw failed("the SHA-256 " + sha256 + " instead of " + file.sha256());
      }
      AtomicFile.write(target, out -> Files.copy(part, out));
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /// Whether that file is there and has the size and the checksum.
  static boolean isWhole(Path path, Catalogue.File file) throws IOException {
    return Files.isRegularFile(path)
        && Files.size(path) == file.size()
        && Sha256.of(path).equals(file.sha256());
  }

  private int fetch(Path part) throws IOException {
    var request = HttpRequest.newBuilder(file.url().orElseThrow()).build();
    // A request's own timeout ends when the headers are there; this one holds for the body as well.
    var client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .proxy(ProxySelector.getDefault())
            .connectTimeout(timeout)
            .build();
    try {
      return client
          .sendAsync(request, into(part))
          .thenApply(HttpResponse::statusCode)
          .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw failed("not all of it within " + timeout.toSeconds() + " seconds");
    } catch (ExecutionException e) {
      throw failed(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("an interruption");
    } finally {
      client.shutdownNow();
    }
  }

  private BodyHandler<Path> into(Path part) {
    return info ->
        info.statusCode() == 200
            ? BodySubscribers.limiting(BodySubscribers.ofFile(part), file.size())
            : BodySubscribers.replacing(part);
  }

  private DataException failed(String why) {
    return new DataException("%s: expected to fetch it, got %s".formatted(file.path(), why));
  }
}
