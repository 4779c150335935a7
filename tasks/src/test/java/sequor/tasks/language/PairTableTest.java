package sequor.tasks.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PairTableTest {
  record Pair(int a, int b) {}

  @Test
  void doesWhatAMapDoes() {
    var random = new Random(3);
    var table = new PairTable();
    Map<Pair, Integer> map = new HashMap<>();
    for (int i = 0; i < 50_000; i++) { // grows several times
      int a = random.nextInt(300);
      int b = random.nextInt(300);
      if (random.nextBoolean()) {
        assertThat(table.add(a, b, 2)).isEqualTo(map.merge(new Pair(a, b), 2, Integer::sum));
      } else {
        map.putIfAbsent(new Pair(a, b), i);
        assertThat(table.putIfAbsent(a, b, i)).isEqualTo(map.get(new Pair(a, b)));
      }
    }
    assertThat(table.size()).isEqualTo(map.size());
    Map<Pair, Integer> entries = new HashMap<>();
    table.forEach((a, b, value) -> entries.put(new Pair(a, b), value));
    assertThat(entries).isEqualTo(map);
  }

  @Test
  void takesTheGreatestNumbers() {
    var table = new PairTable();
    table.putIfAbsent(0, 0, 5);
    table.putIfAbsent(Integer.MAX_VALUE, Integer.MAX_VALUE, 7);

    assertThat(table.get(0, 0)).isEqualTo(5);
    assertThat(table.get(Integer.MAX_VALUE, Integer.MAX_VALUE)).isEqualTo(7);
    assertThat(table.get(0, 1)).isEqualTo(PairTable.NONE);
  }
}
