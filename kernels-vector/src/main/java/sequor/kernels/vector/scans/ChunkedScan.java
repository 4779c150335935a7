package sequor.kernels.vector.scans;

import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import sequor.kernels.Parallel;
import sequor.kernels.vector.simd.Lanes;
import sequor.kernels.vector.simd.Scratch;

/// A linear recurrence in chunks of a row's steps, so that several threads share one long row.
///
/// What a chunk does to the state that comes into it is `state ↦ product·state + sum`, number by
/// number. So there are three phases:
///
/// 1. compose: of each chunk but the last its product and its sum, as if nothing came in;
/// 2. carry: from these, chunk after chunk, the state that comes into each;
/// 3. steps: each chunk once more, from that state, step by step.
///
/// Phases 1 and 3 have as many tasks as there are chunks. Where rows and columns alone keep the
/// threads busy, one task takes a row chunk by chunk through all phases, and finds the chunk in its
/// cache in the third. Both are the same arithmetic, so the bits are the same; and because chunks
/// are counted from where a row begins to be read, no row sees how much padding it has or who is
/// beside it. A row of one chunk is step after step what a cell would compute. So is a chunk whose
/// product or sum is more than a float holds, though the states themselves may not be: phase 2 goes
/// through it number by number.
abstract class ChunkedScan {
  private static final int STEPS = 128;

  /// With [#STEPS] of a few buffers it fits the second cache, and is a few streams to memory.
  private static final int COLUMNS = 256;

  /// How many steps are composed at a time, in registers.
  static final int BAND = 8;

  /// What is closer to 0 becomes 0. Products of gates below 1 get there after a few dozen steps,
  /// and soon below what a float holds with all its digits, where a multiplication takes a hundred
  /// times as long.
  static final float TINY = 0x1p-100f;

  final Places places;
  private float[] products = new float[0]; // (B,C,H), C chunks
  private float[] carries = new float[0]; // (B,C,H): the sum of each chunk, then what leaves it
  private int chunks;

  ChunkedScan(Places places) {
    this.places = places;
  }

  /// The steps `begin ≤ k < end` of a row, in the columns from `from` on.
  ///
  /// @param n how many columns
  record Chunk(int row, int from, int n, int begin, int end) {}

  /// What the chunk that is taken `i`-th does, into its places of these buffers from `at` on.
  abstract void compose(Chunk chunk, float[] products, float[] sums, int at);

  /// What leaves a chunk in one column, number by number.
  ///
  /// @param state that comes into it
  abstract float through(Chunk chunk, int column, float state);

  /// Step by step from what comes in: `n` numbers of `carried` from `at` on.
  abstract void steps(Chunk chunk, float[] carried, int at);

  /// Where chunks are taken from the last to the first.
  abstract boolean backward();

  /// What comes into the first chunk that is taken, for each row: (B,H); of length 0 for zeros.
  abstract float[] initial();

  /// Of a row's columns whatever does not belong to a chunk.
  abstract void rest(int row, int from, int n);

  static FloatVector withoutTiny(FloatVector x) {
    return x.blend(0, x.abs().compare(VectorOperators.LT, TINY));
  }

  static float withoutTiny(float x) {
    return Math.abs(x) < TINY ? 0 : x;
  }

  final void run() {
    int blocks = Math.ceilDiv(places.width, COLUMNS);
    int rows = places.batch * blocks;
    chunks = Math.ceilDiv(places.longest(), STEPS);
    try (var scratch = Scratch.borrow()) {
      int room = chunks > 1 ? places.batch * chunks * places.width : 0;
      products = scratch.floats(Scratch.Use.WORK, 0, room);
      carries = scratch.floats(Scratch.Use.WORK, 1, room);
      int threads = Parallel.threads();
      if (chunks < 2 || threads == 1 || rows >= 2 * threads) {
        Parallel.run(rows, i -> row(i / blocks, i % blocks * COLUMNS));
      } else {
        Parallel.run(
            rows * chunks, i -> compose(i / chunks / blocks, i / chunks % blocks, i % chunks));
        Parallel.run(rows, i -> carry(i / blocks, i % blocks * COLUMNS));
        Parallel.run(
            rows * chunks, i -> steps(i / chunks / blocks, i / chunks % blocks, i % chunks));
      }
    }
  }

  private void row(int row, int from) {
    int count = count(row);
    for (int i = 0; i < count; i++) {
      if (i < count - 1) {
        compose(row, from / COLUMNS, i);
        carry(row, from, i);
      }
      steps(row, from / COLUMNS, i);
    }
    rest(row, from, columns(from));
  }

  private void compose(int row, int block, int i) {
    if (i < count(row) - 1) {
      int from = block * COLUMNS;
      compose(chunk(row, from, i), products, carries, place(row, from, i));
    }
  }

  private void carry(int row, int from) {
    for (int i = 0; i < count(row) - 1; i++) {
      carry(row, from, i);
    }
    rest(row, from, columns(from));
  }

  /// What leaves chunk `i`, once it is known what leaves the one before.
  private void carry(int row, int from, int i) {
    float[] in = i > 0 ? carries : initial();
    int before = i > 0 ? place(row, from, i - 1) : row * places.width + from;
    int at = place(row, from, i);
    if (in.length > 0) { // otherwise it is the sum alone
      carry(products, in, before, carries, at, columns(from));
    }
    for (int j = 0; j < columns(from); j++) {
      if (!(Math.abs(products[at + j]) < Float.POSITIVE_INFINITY
          && Math.abs(carries[at + j]) < Float.POSITIVE_INFINITY)) {
        carries[at + j] = through(chunk(row, from, i), j, in.length > 0 ? in[before + j] : 0);
      }
    }
  }

  private static void carry(float[] products, float[] in, int before, float[] sums, int at, int n) {
    for (int j = 0; j < n; j += L) {
      var rest = Lanes.first(n - j);
      var product = FloatVector.fromArray(S, products, at + j, rest);
      var sum = FloatVector.fromArray(S, sums, at + j, rest);
      var state = FloatVector.fromArray(S, in, before + j, rest);
      product.fma(state, sum).intoArray(sums, at + j, rest);
    }
  }

  private void steps(int row, int block, int i) {
    if (i < count(row)) {
      int from = block * COLUMNS;
      float[] in = i > 0 ? carries : initial();
      steps(chunk(row, from, i), in, i > 0 ? place(row, from, i - 1) : row * places.width + from);
    }
  }

  private Chunk chunk(int row, int from, int i) {
    int begin = (backward() ? count(row) - 1 - i : i) * STEPS;
    return new Chunk(row, from, columns(from), begin, Math.min(begin + STEPS, places.length(row)));
  }

  private int count(int row) {
    return Math.ceilDiv(places.length(row), STEPS);
  }

  private int columns(int from) {
    return Math.min(COLUMNS, places.width - from);
  }

  private int place(int row, int from, int i) {
    return (row * chunks + i) * places.width + from;
  }
}
