package sequor.data;

import sequor.settings.Setting;

/// How a table is written.
public record TableSettings(
    @Setting(
            value = "",
            about = "between columns; empty: a tab in .tsv, .tab and .txt, else a comma")
        String separator,
    @Setting(value = "true", about = "whether the first row names the columns, else 1, 2, …")
        boolean header,
    @Setting(value = "true", about = "whether double quotes are quoting, else letters")
        boolean quotes) {}
