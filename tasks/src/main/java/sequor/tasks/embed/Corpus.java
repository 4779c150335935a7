package sequor.tasks.embed;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import sequor.FileException;
import sequor.InOrder;

/// The numbers of a text's words, with [#END] behind each text; words that get no vector are left
/// out. It is in memory while it is small, and else in a file for as long as it is used, of which
/// the system keeps in memory what there is room for: texts are cut once, however often they are
/// learned from.
final class Corpus {
  /// Behind each text.
  static final int END = -1;

  /// Where a word stands that gets no vector, if it is told.
  static final int GAP = -2;

  private static final int SMALL = 1 << 22; // numbers that are kept in memory

  private final MemorySegment ids;
  private final Lexicon lexicon;
  private final long words;
  private final BitSet texts;

  private Corpus(MemorySegment ids, Lexicon lexicon, long words, BitSet texts) {
    this.ids = ids;
    this.lexicon = lexicon;
    this.words = words;
    this.texts = texts;
  }

  /// Cuts texts.
  static Corpus of(Iterable<String> texts, Cutting cutting) {
    return of(texts, cutting, false);
  }

  /// With [#GAP] where a word stands that gets no vector, so that those beside it are no neighbors.
  static Corpus withGaps(Iterable<String> texts, Cutting cutting) {
    return of(texts, cutting, true);
  }

  private static Corpus of(Iterable<String> texts, Cutting cutting, boolean gaps) {
    try (var writing = new Writing(cutting.words(), gaps)) {
      InOrder.forEach(texts, String::length, cutting::numbers, writing::add);
      return writing.done();
    }
  }

  /// How many numbers there are.
  long size() {
    return ids.byteSize() / Integer.BYTES;
  }

  /// How many words the text had, also those that are left out.
  long words() {
    return words;
  }

  /// Which of the texts have a word, and so an [#END].
  BitSet texts() {
    return (BitSet) texts.clone();
  }

  Lexicon lexicon() {
    return lexicon;
  }

  /// Copies the numbers from a place on.
  void read(long from, int[] into, int count) {
    MemorySegment.copy(ids, ValueLayout.JAVA_INT, from * Integer.BYTES, into, 0, count);
  }

  /// A corpus that is being written.
  private static final class Writing implements AutoCloseable {
    private final List<String> spelled;
    private final boolean gaps;
    private final long[] counts;
    private final int[] buffer = new int[SMALL];
    private int filled;
    private final BitSet texts = new BitSet();
    private int number; // of the text
    private long words;
    private Optional<Path> file = Optional.empty();
    private Optional<FileChannel> channel = Optional.empty();

    Writing(List<String> spelled, boolean gaps) {
      this.spelled = spelled;
      this.gaps = gaps;
      this.counts = new long[spelled.size()];
    }

    void add(int[] numbers) {
      words += numbers.length;
      boolean any = false;
      for (int number : numbers) {
        if (number != Cutting.NONE) {
          put(number);
          counts[number]++;
          any = true;
        } else if (gaps) {
          put(GAP);
        }
      }
      texts.set(number++, any);
      if (any) {
        put(END);
      }
    }

    private void put(int number) {
      if (filled == buffer.length) {
        spill();
      }
      buffer[filled++] = number;
    }

    private void spill() {
      try {
        if (file.isEmpty()) {
          file = Optional.of(Files.createTempFile("sequor-", ".ids"));
          channel = Optional.of(FileChannel.open(file.get(), StandardOpenOption.WRITE));
        }
        var bytes = ByteBuffer.allocate(Integer.BYTES * filled).order(ByteOrder.nativeOrder());
        bytes.asIntBuffer().put(buffer, 0, filled);
        while (bytes.hasRemaining()) {
          channel.orElseThrow().write(bytes);
        }
        filled = 0;
      } catch (IOException e) {
        throw FileException.unwritable(
            file.orElse(Path.of(System.getProperty("java.io.tmpdir"))), e);
      }
    }

    Corpus done() {
      var lexicon = new Lexicon(spelled, counts);
      if (file.isEmpty()) {
        int[] exact = Arrays.copyOf(buffer, filled);
        return new Corpus(MemorySegment.ofArray(exact), lexicon, words, texts);
      }
      spill();
      try (var in = FileChannel.open(file.get(), StandardOpenOption.READ)) {
        var mapped = in.map(MapMode.READ_ONLY, 0, in.size(), Arena.ofAuto());
        return new Corpus(mapped, lexicon, words, texts);
      } catch (IOException e) {
        throw FileException.unreadable(file.get(), e);
      }
    }

    /// Where the system allows it, the name is gone at once and the room with the corpus.
    @Override
    public void close() {
      try {
        if (channel.isPresent()) {
          channel.get().close();
        }
        if (file.isPresent()) {
          file.get().toFile().deleteOnExit();
          Files.deleteIfExists(file.get());
        }
      } catch (IOException e) {
        // it goes with the program
      }
    }
  }
}
