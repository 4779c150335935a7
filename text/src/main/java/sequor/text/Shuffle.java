package sequor.text;

import java.util.random.RandomGenerator;

/// Puts numbers into a random order that depends on the generator alone (Fisher and Yates).
public final class Shuffle {
  private Shuffle() {}

  /// 0, 1, …, `count` − 1 in a random order.
  public static int[] order(int count, RandomGenerator random) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
