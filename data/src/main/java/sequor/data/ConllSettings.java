package sequor.data;

import java.util.List;
import sequor.settings.Setting;

/// How a file of tokens in columns is written.
public record ConllSettings(
    @Setting(
            value = "[]",
            about = "what its columns are called, besides 1, 2, …, from the first on")
        List<String> names,
    @Setting(
            value = "true",
            about = "whether lines that begin with # before a sentence say nothing")
        boolean comments) {
  public ConllSettings {
    names = List.copyOf(names);
  }
}
