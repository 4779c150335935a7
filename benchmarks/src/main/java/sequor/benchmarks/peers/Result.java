package sequor.benchmarks.peers;

import java.util.Map;
import sequor.speed.Timings;

/// What came out at one row.
///
/// @param timings all steps of all turns of each seat that came
/// @param absent why the others did not come
record Result(Row row, Map<Seat, Timings> timings, Map<Entrant, String> absent) {}
