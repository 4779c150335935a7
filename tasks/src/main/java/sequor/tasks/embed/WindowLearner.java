package sequor.tasks.embed;

/// Learns word vectors from the windows of a text: skip-gram and CBOW, with or without subwords.
///
/// Text is read in stretches of a fixed length, and each stretch in rounds of windows. What is
/// drawn follows from the seed, the epoch and the place, so an epoch can begin anywhere.
final class WindowLearner extends EpochLearner {
  private static final int STRETCH = 1 << 15; // numbers of the corpus
  private static final int WINDOWS = 512; // of a round, if there are many words

  /// N-grams are in many words, so that of as many windows far more would step from one place: with
  /// 512 the words of WS-353 came out five points worse.
  private static final int WINDOWS_WITH_SUBWORDS = 64;

  private static final double LEAST_RATE = 1e-4; // of the first

  private final Corpus corpus;
  private final float firstRate;
  private final Kept kept;
  private final Round round;
  private final boolean scattered;
  private final int[] order = new int[STRETCH];
  private final int[] text = new int[STRETCH];
  private double rate;

  /// @param learned the tables that learn
  record Parts(Corpus corpus, EmbedModel model, WordRows rows, Targets targets, Tables learned) {}

  WindowLearner(Parts parts, float rate, Judging judging) {
    super(parts.corpus, parts.learned, judging);
    this.corpus = parts.corpus;
    this.scattered = parts.model.documents();
    this.firstRate = rate;
    this.rate = rate;
    var lexicon = corpus.lexicon();
    this.kept = new Kept(lexicon.kept(parts.model.subsample()), parts.model.window(), STRETCH);
    int most = parts.model.hasSubwords() ? WINDOWS_WITH_SUBWORDS : WINDOWS;
    int windows = Math.clamp(lexicon.size() / 4, 1, most);
    this.round = new Round(parts.model, parts.learned, parts.rows, parts.targets, windows);
  }

  @Override
  double epoch(int epoch, int epochs) {
    long size = corpus.size();
    int stretches = (int) Math.ceilDiv(size, STRETCH);
    var ofEpoch = seed().child("text").child(epoch);
    var all = new Round.Tally();
    var draws = new Draws();
    kept.restart();
    for (int stretch = 0; stretch < stretches; stretch++) {
      long from = (long) stretch * STRETCH;
      int length = (int) Math.min(STRETCH, size - from);
      corpus.read(from, text, length);
      long key = ofEpoch.child(stretch).value();
      kept.take(text, length, key, draws);
      var tally = new Round.Tally();
      order(key);
      for (int place = 0; place < kept.count(); place += round.windows()) {
        double done = from + (double) length * place / kept.count();
        double share = (epoch - 1 + done / size) / epochs;
        rate = firstRate * Math.max(LEAST_RATE, 1 - share);
        int count = Math.min(round.windows(), kept.count() - place);
        round.learn(kept, new Round.Places(order, place, count), key, (float) rate, tally);
      }
      all.add(tally);
      double share = (double) (from + length) / size;
      stepped(epoch, epochs, share, stretch + 1, stretches, tally.mean());
    }
    return all.mean();
  }

  /// Places side by side; where texts have vectors, places by chance, so that a round has few
  /// windows of one text, whose changes are all from one place.
  private void order(long key) {
    int count = kept.count();
    for (int place = 0; place < count; place++) {
      order[place] = place;
    }
    if (scattered) {
      var draws = new Draws().at(key, -1);
      for (int place = count - 1; place > 0; place--) {
        int other = draws.below(place + 1);
        int swapped = order[place];
        order[place] = order[other];
        order[other] = swapped;
      }
    }
  }

  @Override
  double rate() {
    return rate;
  }
}
