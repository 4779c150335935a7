package sequor.tasks.embed;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Sentences of two worlds that share no word but the small ones.
final class Texts {
  static final List<String> SEA = List.of("ship", "sail", "wave", "harbour", "sailor", "tide");
  static final List<String> FIELD =
      List.of("horse", "plough", "barley", "barn", "farmer", "furrow");
  private static final List<String> SMALL = List.of("the", "a", "and", "of");

  private Texts() {}

  static List<String> of(int count) {
    var random = new Random(3);
    var texts = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      var world = i % 2 == 0 ? SEA : FIELD;
      var text = new StringBuilder();
      for (int w = 0; w < 8; w++) {
        var from = random.nextInt(3) == 0 ? SMALL : world;
        text.append(from.get(random.nextInt(from.size()))).append(' ');
      }
      texts.add(text.toString().strip());
    }
    return texts;
  }
}
