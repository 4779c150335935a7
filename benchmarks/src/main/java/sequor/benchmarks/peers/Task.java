package sequor.benchmarks.peers;

/// What a row asks for.
sealed interface Task permits Work, Job {}
