package sequor.tasks.classify;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import sequor.tasks.classify.NGramsFile.DamagedException;

/// A [NaiveBayes] as bytes.
///
/// ```
/// words(1) shortest(1) longest(1) prior(1) smoothing(8)
/// classes(4) ngrams(4) pairs(4)
/// texts(8) of each class, totals(8) of each class
/// hash(8) of each n-gram, in the order of their numbers
/// how many classes(varint) it has, and of each its number(varint) and count(varint)
/// ```
final class NaiveBayesBytes {
  private NaiveBayesBytes() {}

  static void write(NaiveBayes model, DataOutputStream out) throws IOException {
    var config = model.config();
    var counts = model.counts();
    writeKind(config.ngrams(), out);
    out.writeBoolean(config.prior());
    out.writeDouble(config.smoothing());
    out.writeInt(counts.classCount());
    out.writeInt(counts.index().size());
    out.writeInt(counts.classes().length);
    for (int c = 0; c < counts.classCount(); c++) {
      out.writeLong(counts.texts()[c]);
      out.writeLong(counts.totals()[c]);
    }
    writeIndex(counts.index(), out);
    for (int f = 0; f < counts.index().size(); f++) {
      writeVarint(out, counts.starts()[f + 1] - counts.starts()[f]);
      for (int at = counts.starts()[f]; at < counts.starts()[f + 1]; at++) {
        writeVarint(out, counts.classes()[at]);
        writeVarint(out, counts.counts()[at]);
      }
    }
  }

  static NaiveBayes read(DataInputStream in, int classes, long bytes) throws IOException {
    var kind = readKind(in);
    boolean prior = in.readBoolean();
    double smoothing = in.readDouble();
    int found = in.readInt();
    int ngrams = in.readInt();
    int pairs = in.readInt();
    boolean sound =
        smoothing > 0
            && smoothing < Double.MAX_VALUE
            && found == classes
            && ngrams >= 0
            && pairs >= ngrams
            && 16L * classes + 8L * ngrams + 2L * pairs <= bytes; // before a byte is allocated
    if (!sound) {
      throw new DamagedException("sizes that do not fit");
    }
    var counts = counts(in, classes, ngrams, pairs);
    return new NaiveBayes(new NaiveBayes.Config(kind, smoothing, prior), counts);
  }

  private static ClassCounts counts(DataInputStream in, int classes, int ngrams, int pairs)
      throws IOException {
    long[] texts = new long[classes];
    long[] totals = new long[classes];
    for (int c = 0; c < classes; c++) {
      texts[c] = in.readLong();
      totals[c] = in.readLong();
    }
    var index = readIndex(in, ngrams);
    int[] starts = new int[ngrams + 1];
    int[] numbers = new int[pairs];
    int[] counts = new int[pairs];
    int at = 0;
    for (int f = 0; f < ngrams; f++) {
      int many = readVarint(in);
      if (many < 0 || many > pairs - at) {
        throw new DamagedException("more pairs than it says");
      }
      for (int i = 0; i < many; i++) {
        numbers[at] = readVarint(in);
        counts[at] = readVarint(in);
        if (numbers[at] < 0 || numbers[at] >= classes || counts[at] < 0) {
          throw new DamagedException("a class that there is not");
        }
        at++;
      }
      starts[f + 1] = at;
    }
    return new ClassCounts(index, starts, numbers, counts, texts, totals);
  }

  private static void writeVarint(DataOutputStream out, int value) throws IOException {
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      out.writeByte((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.writeByte(rest);
  }

  private static int readVarint(DataInputStream in) throws IOException {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int b = in.readUnsignedByte();
      value |= (b & 0x7F) << shift;
      if ((b & 0x80) == 0) {
        return value;
      }
    }
    return -1;
  }

  // What all n-gram models have

  static void writeKind(NGrams ngrams, DataOutputStream out) throws IOException {
    out.writeBoolean(ngrams.unit() == NGrams.Unit.WORD);
    out.writeByte(ngrams.shortest());
    out.writeByte(ngrams.longest());
  }

  static NGrams readKind(DataInputStream in) throws IOException {
    boolean words = in.readBoolean();
    int shortest = in.readUnsignedByte();
    int longest = in.readUnsignedByte();
    if (shortest < 1 || longest < shortest) {
      throw new DamagedException("n-grams from %d to %d units".formatted(shortest, longest));
    }
    return words ? NGrams.words(shortest, longest) : NGrams.characters(shortest, longest);
  }

  static void writeIndex(NGramIndex index, DataOutputStream out) throws IOException {
    for (long hash : index.hashes()) {
      out.writeLong(hash);
    }
  }

  static NGramIndex readIndex(DataInputStream in, int ngrams) throws IOException {
    var index = new NGramIndex();
    for (int f = 0; f < ngrams; f++) {
      long hash = in.readLong();
      if (hash == 0 || index.add(hash) != f) {
        throw new DamagedException("an n-gram twice");
      }
    }
    return index;
  }
}
