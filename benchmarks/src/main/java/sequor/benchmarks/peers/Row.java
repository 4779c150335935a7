package sequor.benchmarks.peers;

/// One line of the table.
///
/// @param name what `./dev bench` is asked for, in small letters and hyphens
/// @param title what a reader of the table is told
record Row(String name, String title, Task task) {}
