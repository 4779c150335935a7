package sequor.vectors;

/// What stands at the beginning of fastText's `.bin`: 12 numbers and a share, after the magic
/// number and the version.
///
/// @param version 11 or 12
/// @param dimension D
/// @param model 1 CBOW, 2 skip-gram, 3 a classifier
/// @param subwords none in a classifier of version 11, whatever it says
record FastTextHeader(int version, int dimension, int model, Subwords subwords) {
  static final int MAGIC = 793712314;
  static final int VERSION = 12;
  static final int CLASSIFIER = 3;
  private static final int MOST_LETTERS = 100; // of an n-gram

  static FastTextHeader read(Mapped in) {
    in.readInt(); // the magic number
    int version = in.readInt();
    if (version < VERSION - 1 || version > VERSION) {
      throw in.wrong(
          "expected version %d or %d of fastText's file, got %d; save the model with fastText 0.9",
          VERSION - 1, VERSION, version);
    }
    int dimension = in.readInt();
    in.skip(5L * Integer.BYTES); // window, epochs, least count, negatives, word n-grams
    in.skip(Integer.BYTES); // loss
    int model = in.readInt();
    int buckets = in.readInt();
    int shortest = in.readInt();
    int longest = in.readInt();
    in.skip(Integer.BYTES + Double.BYTES); // how often the rate changes, threshold of sampling
    boolean letters =
        Math.min(shortest, longest) >= 0 && Math.max(shortest, longest) <= MOST_LETTERS;
    if (dimension < 1 || dimension > 1 << 20 || buckets < 0 || !letters) {
      throw in.wrong(
          "expected sizes of a fastText model, got %d dimensions, %d buckets and n-grams of %d to"
              + " %d; the file is damaged",
          dimension, buckets, shortest, longest);
    }
    boolean old = version < VERSION && model == CLASSIFIER;
    boolean none = old || buckets == 0;
    var subwords = none ? new Subwords(0, 0, buckets) : new Subwords(shortest, longest, buckets);
    return new FastTextHeader(version, dimension, model, subwords);
  }
}
