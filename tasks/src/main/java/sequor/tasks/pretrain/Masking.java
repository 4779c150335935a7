package sequor.tasks.pretrain;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sequor.Seed;
import sequor.models.Inputs;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.text.Item;
import sequor.text.Vocabulary;

/// Which tokens of a text are to be said, and what stands in their place: the section `masking`.
///
/// Each epoch hides others. What is hidden follows from the epoch's seed and the number of the text
/// alone, so that neither threads nor a training that goes on change it.
///
/// Source: Devlin et al., *BERT: Pre-training of deep bidirectional Transformers* (2019), section
/// 3.1; anew each epoch: Liu et al., *RoBERTa* (2019), section 4.1.
///
/// @param share of the tokens that are to be said, one at least
/// @param hidden how many of these become `[MASK]`
/// @param changed how many become some other token; the others stay as they are
public record Masking(
    @Setting(value = "0.15", min = 0.001, max = 0.9, about = "of a text's tokens, which it says")
        double share,
    @Setting(value = "0.8", min = 0, max = 1, about = "of these, which become [MASK]")
        double hidden,
    @Setting(
            value = "0.1",
            min = 0,
            max = 1,
            about = "of these, which become any token; the others stay as they are")
        double changed) {
  /// The column of the tokens that are to be said (B,T).
  static final String TARGET = "target";

  /// What holds where nobody says otherwise.
  public static Masking standard() {
    return Settings.defaults(Masking.class);
  }

  /// What a network reads of texts, and what it is to say.
  ///
  /// @param texts ids, each between two marks, one token or more
  /// @param seed of an epoch
  List<Item> items(List<int[]> texts, Vocabulary vocabulary, Seed seed) {
    return IntStream.range(0, texts.size())
        .mapToObj(i -> item(texts.get(i), vocabulary, seed.child(i).generator()))
        .toList();
  }

  private Item item(int[] ids, Vocabulary vocabulary, RandomGenerator random) {
    int tokens = ids.length - 2;
    int[] places = new int[tokens];
    Arrays.setAll(places, i -> 1 + i);
    int[] read = ids.clone();
    int[] targets = new int[ids.length];
    Arrays.fill(targets, Item.IGNORED);
    long count = Math.max(1, Math.round(share * tokens));
    for (int i = 0; i < count; i++) {
      int other = random.nextInt(i, tokens);
      int place = places[other];
      places[other] = places[i];
      targets[place] = ids[place];
      read[place] = instead(ids[place], vocabulary, random);
    }
    return new Item().ids(Inputs.TEXT, read, vocabulary.pad()).targets(TARGET, targets);
  }

  private int instead(int id, Vocabulary vocabulary, RandomGenerator random) {
    double drawn = random.nextDouble();
    if (drawn < hidden) {
      return vocabulary.special("mask");
    }
    if (drawn >= hidden + changed) {
      return id;
    }
    int other = random.nextInt(vocabulary.size());
    while (vocabulary.isSpecial(other)) {
      other = random.nextInt(vocabulary.size());
    }
    return other;
  }
}
