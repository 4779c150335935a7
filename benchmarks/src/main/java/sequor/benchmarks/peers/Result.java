package sequor.benchmarks.peers;

import java.util.Map;
import sequor.speed.Spread;
import sequor.speed.Timings;

/// What came out at one row.
///
/// @param timings all steps of all turns of each seat that came
/// @param spreads the medians of its turns, in nanoseconds
/// @param absent why the others did not come
record Result(
    Row row, Map<Seat, Timings> timings, Map<Seat, Spread> spreads, Map<Entrant, String> absent) {}
