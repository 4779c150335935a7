package sequor.house;

import static org.assertj.core.api.Assertions.assertThat;
import static sequor.house.Repository.ROOT;

import com.google.googlejavaformat.java.FormatterException;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class FormatTest {
  @Test
  void everyFileIsFormatted() throws FormatterException {
    var unformatted = new ArrayList<String>();
    for (var file : Repository.javaFiles(ROOT)) {
      String source = Repository.text(file);
      if (!Format.formatted(source).equals(source)) {
        unformatted.add(ROOT.relativize(file).toString());
      }
    }
    assertThat(unformatted).as("files to format; run ./dev format").isEmpty();
  }
}
