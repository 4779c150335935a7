package sequor.data;

import sequor.settings.Setting;

/// Which part of a file is its text.
///
/// @param start where the text begins, itself a part of it
/// @param end what follows the text, itself no part of it
public record TextSettings(
    @Setting(value = "", about = "the words that a text begins with; empty: the whole file")
        String start,
    @Setting(value = "", about = "the words behind its end; empty: to the end of the file")
        String end) {}
