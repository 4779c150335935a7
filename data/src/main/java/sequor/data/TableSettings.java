package sequor.data;

import sequor.settings.Setting;

/// How a table is written.
public record TableSettings(
    @Setting(
            value = "",
            about =
                "between columns; empty: what the names of the columns have, a comma, a semicolon or a tab")
        String separator,
    @Setting(value = "true", about = "whether the first row names the columns, else 1, 2, …")
        boolean header,
    @Setting(value = "true", about = "whether double quotes are quoting, else letters")
        boolean quotes) {}
