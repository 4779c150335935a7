package sequor.benchmarks.peers;

/// A whole training of a recipe in a process of its own, from its start to the end of the last
/// epoch: the file read, the vocabulary made, the model trained, and judged on the validation split
/// after each epoch.
///
/// @param data the data set of the recipe
record Job(String recipe, String data) implements Task {}
