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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import sequor.FileException;

/// How often each pair of words of a corpus stands together, counted in a fixed memory: when the
/// table of [PairCounts] is full, its pairs are written to a file in their order, and in the end
/// the files are merged.
///
/// A word k places away counts 1/k. Every pair is counted both ways.
final class Cooccurrences {
  private static final int BYTES = Long.BYTES + Float.BYTES; // of a pair in a file
  private static final int BLOCK = 1 << 16; // pairs that are written together
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  private final MemorySegment pairs; // in the order of their keys
  private final long[] starts; // of each stripe

  private Cooccurrences(MemorySegment pairs, long[] starts) {
    this.pairs = pairs;
    this.starts = starts;
  }

  /// Counts.
  ///
  /// @param window words on each side
  /// @param most pairs in memory
  static Cooccurrences of(Corpus corpus, int window, int most) {
    return of(corpus, window, most, true);
  }

  /// How often each word has which one right behind it; a gap is between those beside it. Above 2²⁴
  /// counts stay.
  ///
  /// @param most pairs in memory
  static Cooccurrences ofNeighbors(Corpus corpus, int most) {
    return of(corpus, 1, most, false);
  }

  private static Cooccurrences of(Corpus corpus, int window, int most, boolean bothWays) {
    var counts = new PairCounts(most);
    var runs = new ArrayList<MemorySegment>();
    int[] text = new int[1 << 16];
    int[] last = new int[window]; // words, in a ring
    int behind = 0;
    int next = 0;
    for (long from = 0; from < corpus.size(); from += text.length) {
      int length = (int) Math.min(text.length, corpus.size() - from);
      corpus.read(from, text, length);
      for (int i = 0; i < length; i++) {
        int word = text[i];
        if (word == Corpus.END || word == Corpus.GAP) {
          behind = 0;
          continue;
        }
        for (int k = 1; k <= behind; k++) {
          int other = last[Math.floorMod(next - k, window)];
          counts.add(PairCounts.key(other, word), 1f / k);
          if (bothWays) {
            counts.add(PairCounts.key(word, other), 1f / k);
          }
        }
        last[next] = word;
        next = (next + 1) % window;
        behind = Math.min(window, behind + 1);
        if (counts.isFull()) {
          runs.add(run(counts));
          counts.clear();
        }
      }
    }
    runs.add(run(counts));
    return merged(runs);
  }

  private static MemorySegment run(PairCounts counts) {
    try (var out = new Writing()) {
      for (long key : counts.sorted()) {
        out.add(key, counts.count(key));
      }
      return out.done();
    }
  }

  private static Cooccurrences merged(List<MemorySegment> runs) {
    long[] starts = new long[PairCounts.STRIPES * PairCounts.STRIPES + 1];
    if (runs.size() == 1) {
      long all = runs.getFirst().byteSize() / BYTES;
      for (long i = 0; i < all; i++) {
        starts[PairCounts.stripe(runs.getFirst().get(LONG, i * BYTES)) + 1]++;
      }
      return new Cooccurrences(runs.getFirst(), summed(starts));
    }
    var heads =
        new PriorityQueue<Head>(
            Comparator.comparingLong(Head::key).thenComparingInt(head -> head.number));
    for (int number = 0; number < runs.size(); number++) {
      var head = new Head(runs.get(number), number);
      if (head.isThere()) {
        heads.add(head);
      }
    }
    try (var out = new Writing()) {
      while (!heads.isEmpty()) {
        long key = heads.peek().key();
        float count = 0;
        while (!heads.isEmpty() && heads.peek().key() == key) {
          var head = heads.poll();
          count += head.count();
          if (head.next()) {
            heads.add(head);
          }
        }
        out.add(key, count);
        starts[PairCounts.stripe(key) + 1]++;
      }
      return new Cooccurrences(out.done(), summed(starts));
    }
  }

  private static long[] summed(long[] counts) {
    for (int i = 1; i < counts.length; i++) {
      counts[i] += counts[i - 1];
    }
    return counts;
  }

  /// How many pairs there are.
  long size() {
    return pairs.byteSize() / BYTES;
  }

  /// Where the pairs of a stripe begin; those of the next begin where they end.
  long start(int stripe) {
    return starts[stripe];
  }

  long key(long place) {
    return pairs.get(LONG, place * BYTES);
  }

  float count(long place) {
    return pairs.get(FLOAT, place * BYTES + Long.BYTES);
  }

  /// The next pair of a run.
  private static final class Head {
    private final MemorySegment run;
    private final int number;
    private long at;

    Head(MemorySegment run, int number) {
      this.run = run;
      this.number = number;
    }

    boolean isThere() {
      return at < run.byteSize();
    }

    long key() {
      return run.get(LONG, at);
    }

    float count() {
      return run.get(FLOAT, at + Long.BYTES);
    }

    boolean next() {
      at += BYTES;
      return isThere();
    }
  }

  /// Pairs that are being written to a file, which is there as long as they are used.
  private static final class Writing implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer buffer =
        ByteBuffer.allocate(BLOCK * BYTES).order(ByteOrder.nativeOrder());

    Writing() {
      try {
        file = Files.createTempFile("sequor-", ".pairs");
        file.toFile().deleteOnExit();
        channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      } catch (IOException e) {
        throw FileException.unwritable(Path.of(System.getProperty("java.io.tmpdir")), e);
      }
    }

    void add(long key, float count) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      buffer.putLong(key).putFloat(count);
    }

    private void flush() {
      try {
        buffer.flip();
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        buffer.clear();
      } catch (IOException e) {
        throw FileException.unwritable(file, e);
      }
    }

    MemorySegment done() {
      flush();
      try {
        return channel.map(MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
      } catch (IOException e) {
        throw FileException.unreadable(file, e);
      }
    }

    /// Where the system allows it, the name is gone at once and the room with the pairs.
    @Override
    public void close() {
      try {
        channel.close();
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // it goes with the program
      }
    }
  }
}
