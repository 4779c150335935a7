package sequor.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
    Path part = AtomicFile.part(target);
    try {
      int status = fetch(part);
      if (status != 200) {
        throw failed("the server answered " + status);
      }
      if (Files.size(part) != file.size()) {
        throw failed("%,d bytes came, not %,d".formatted(Files.size(part), file.size()));
      }
      String sha256 = sha256(part);
      if (!sha256.equals(file.sha256())) {
        throw failed("its SHA-256 is " + sha256 + ", not " + file.sha256());
      }
      AtomicFile.move(part, target);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /// Whether that file is there and has the size and the checksum.
  static boolean isWhole(Path path, Catalogue.File file) throws IOException {
    return Files.isRegularFile(path)
        && Files.size(path) == file.size()
        && sha256(path).equals(file.sha256());
  }

  private int fetch(Path part) throws IOException {
    var request = HttpRequest.newBuilder(file.url()).build();
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
      throw failed("it did not come within " + timeout.toSeconds() + " seconds");
    } catch (ExecutionException e) {
      throw failed(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("interrupted");
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

  private TextException failed(String why) {
    return new TextException("%s: cannot be fetched, %s".formatted(file.path(), why));
  }

  private static String sha256(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      var sha = MessageDigest.getInstance("SHA-256");
      try (var digest = new DigestInputStream(in, sha)) {
        digest.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
