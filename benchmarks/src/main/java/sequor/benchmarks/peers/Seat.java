package sequor.benchmarks.peers;

/// One who takes part, with so many threads.
record Seat(Entrant entrant, int threads) {}
