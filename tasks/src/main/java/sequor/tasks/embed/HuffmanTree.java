package sequor.tasks.embed;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// The way down a binary tree to a word, in which frequent words have short ways: at each inner
/// node a row says whether it goes right (1, word2vec's code 0) or left.
///
/// Source: Mikolov et al., *Distributed representations of words and phrases* (2013), section 2.1.
/// The tree is Huffman's, put together from two queues.
final class HuffmanTree implements Targets {
  private final int[] starts; // of each word's way
  private final int[] nodes;
  private final float[] turns;
  private final int most;
  private final int rows;

  HuffmanTree(Lexicon lexicon) {
    int size = lexicon.size();
    rows = Math.max(1, size - 1);
    var rarestFirst =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingLong(lexicon::count).thenComparing(word -> -word))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] parent = new int[2 * size];
    boolean[] right = new boolean[2 * size];
    long[] weight = new long[2 * size];
    for (int i = 0; i < size; i++) {
      weight[i] = lexicon.count(rarestFirst[i]);
    }
    join(size, parent, right, weight);
    starts = new int[size + 1];
    int[] leaf = new int[size];
    for (int i = 0; i < size; i++) {
      leaf[rarestFirst[i]] = i;
    }
    int root = 2 * size - 2;
    for (int word = 0; word < size; word++) {
      int depth = 0;
      for (int at = leaf[word]; at != root; at = parent[at]) {
        depth++;
      }
      starts[word + 1] = starts[word] + depth;
    }
    nodes = new int[starts[size]];
    turns = new float[nodes.length];
    for (int word = 0; word < size; word++) {
      int place = starts[word + 1];
      for (int at = leaf[word]; at != root; at = parent[at]) {
        nodes[--place] = parent[at] - size;
        turns[place] = right[at] ? 0 : 1;
      }
    }
    most = IntStream.range(0, size).map(word -> starts[word + 1] - starts[word]).max().orElse(0);
  }

  /// Joins the two lightest until one is left; leaves come first, in their order, then inner nodes.
  private static void join(int size, int[] parent, boolean[] right, long[] weight) {
    Arrays.fill(weight, size, weight.length, Long.MAX_VALUE);
    int leaf = 0;
    int inner = size;
    for (int made = size; made < 2 * size - 1; made++) {
      long sum = 0;
      for (int child = 0; child < 2; child++) {
        boolean ofLeaves = leaf < size && (inner == made || weight[leaf] < weight[inner]);
        int least = ofLeaves ? leaf++ : inner++;
        parent[least] = made;
        right[least] = child == 1;
        sum += weight[least];
      }
      weight[made] = sum;
    }
  }

  @Override
  public int most() {
    return most;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int put(int word, Draws draws, int[] rows, float[] targets, int at) {
    int from = starts[word];
    int count = starts[word + 1] - from;
    System.arraycopy(nodes, from, rows, at, count);
    System.arraycopy(turns, from, targets, at, count);
    return count;
  }
}
