package sequor.data;

/// Where examples came from.
///
/// @param name of the data set, or the file's
/// @param source who made it, or where it is described; the name again for a user's own
/// @param licence the terms it comes on; empty for a file of the user's own
/// @param sha256 of the data file; empty for embedded data
/// @param split how it was split, in a reader's words
public record Origin(String name, String source, String licence, String sha256, String split) {}
