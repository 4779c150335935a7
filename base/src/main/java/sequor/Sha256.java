package sequor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A checksum that tells a content from every other: SHA-256, in small hexadecimal digits.
///
/// ```java
/// Sha256.of(file);
/// new Sha256().add("kang").add("Korean").hex();
/// ```
public final class Sha256 {
  private static final int PIECE = 1 << 16;

  private final MessageDigest digest;

  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// Of the bytes of a file.
  ///
  /// @throws FileException if it cannot be read
  public static String of(Path file) {
    try (var in = Files.newInputStream(file)) {
      var sum = new Sha256();
      byte[] piece = new byte[PIECE];
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        sum.add(piece, n);
      }
      return sum.hex();
    } catch (IOException e) {
      throw FileException.unreadable(file, e);
    }
  }

  public static String of(String text) {
    return new Sha256().add(text).hex();
  }

  /// Adds the first `count` of some bytes.
  public Sha256 add(byte[] bytes, int count) {
    digest.update(bytes, 0, count);
    return this;
  }

  /// Adds a text in UTF-8, with its length, so that `ab`, `c` and `a`, `bc` differ.
  public Sha256 add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] length = Integer.toString(bytes.length).getBytes(StandardCharsets.UTF_8);
    digest.update(length);
    digest.update((byte) ':');
    return add(bytes, bytes.length);
  }

  /// The checksum of all that was added, which begins anew.
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
