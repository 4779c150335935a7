package sequor.text;

import java.util.Arrays;
import java.util.List;

/// Which of some texts begin at a place of another one.
final class Trie {
  private final LongMap edges = new LongMap(); // by node and letter
  private int[] values = new int[64]; // of each node; −1 for none
  private int nodes = 1;

  private Trie() {
    Arrays.fill(values, -1);
  }

  /// Of texts; those with a negative id are left out.
  static Trie of(List<String> texts, int[] ids) {
    var trie = new Trie();
    for (int i = 0; i < texts.size(); i++) {
      if (ids[i] >= 0) {
        trie.add(texts.get(i), ids[i]);
      }
    }
    return trie;
  }

  private void add(String text, int id) {
    int node = 0;
    for (int at = 0; at < text.length(); at++) {
      int next = next(node, text.charAt(at));
      if (next < 0) {
        next = nodes++;
        if (next == values.length) {
          values = Arrays.copyOf(values, 2 * next);
          Arrays.fill(values, next, values.length, -1);
        }
        edges.put((long) node << 16 | text.charAt(at), next);
      }
      node = next;
    }
    values[node] = id;
  }

  /// The node behind `node` and a letter, from 0; −1 where no text goes on so.
  int next(int node, char letter) {
    return edges.get((long) node << 16 | letter);
  }

  /// The text that ends at a node; −1 where none does.
  int value(int node) {
    return values[node];
  }
}
