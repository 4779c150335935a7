package sequor.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sequor.FileException;
import sequor.settings.Settings;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// `format: json_lines`: a JSON object a line, whose members are the columns. The columns are those
/// of the first object; a later one may lack some, which are then empty, and have others, which are
/// left out. Numbers and truth values are taken as they are written. A list of them is a value for
/// each token of a sentence ([Row#list]); objects are refused.
public record JsonLinesFormat() implements Format {
  private static final int BRIEF = 60;
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  @Override
  public String name() {
    return "json_lines";
  }

  @Override
  public String about() {
    return "a JSON object a line";
  }

  @Override
  public boolean fits(String name, String head) {
    return name.matches(".*\\.(jsonl|ndjson)");
  }

  @Override
  public Source<Row> open(Path file, Settings settings) {
    return () -> new Objects(Format.reader(file), file);
  }

  private static final class Objects extends LookAhead<Row> {
    private final BufferedReader reader;
    private final Path file;
    private final String source;
    private Row.@Nullable Header header;
    private long number;

    Objects(BufferedReader reader, Path file) {
      this.reader = reader;
      this.file = file;
      this.source = String.valueOf(file.getFileName());
    }

    @Override
    @Nullable Row fetch() {
      try {
        while (true) {
          String line = PlainLines.next(reader, source, number + 1);
          if (line == null) {
            return null;
          }
          number++;
          if (!line.isBlank()) {
            return row(members(line));
          }
        }
      } catch (IOException e) {
        throw FileException.unreadable(file, e);
      }
    }

    private Row row(Map<String, String> members) {
      var columns = header;
      if (columns == null) {
        columns = Row.Header.of(source, List.copyOf(members.keySet()));
        header = columns;
      }
      var fields = new ArrayList<String>();
      for (var column : columns.columns()) {
        fields.add(members.getOrDefault(column, ""));
      }
      return new Row(columns, number, fields);
    }

    private Map<String, String> members(String line) {
      var members = new LinkedHashMap<String, String>();
      try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
          throw wrong(
              "expected an object, such as {\"text\": \"…\"}, got %s; write one a line"
                  .formatted(brief(json.getString())));
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
          String name = whole(json.currentName());
          members.put(name, value(json, name));
        }
        if (json.nextToken() != null) {
          throw wrong("expected one object a line, got more; write the next on a line of its own");
        }
      } catch (JacksonException e) {
        throw new DataException(
            "%s:%d: expected a JSON object, got another text (%s); mend the line"
                .formatted(source, number, e.getOriginalMessage()),
            e);
      }
      return members;
    }

    private String value(JsonParser json, String name) {
      return switch (json.nextToken()) {
        case VALUE_NULL -> "";
        case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
            whole(json.getString());
        case START_ARRAY -> list(json, name);
        default ->
            throw wrong(
                "expected a text, a number or a list of them in \"%s\", got an object; write it as a text"
                    .formatted(name));
      };
    }

    private String list(JsonParser json, String name) {
      var values = new ArrayList<String>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        if (!json.currentToken().isScalarValue()) {
          throw wrong(
              "expected a list of texts or numbers in \"%s\", got one with a list or an object; write"
                      .formatted(name)
                  + " them as texts");
        }
        String value = whole(json.getString());
        if (value.isEmpty() || value.indexOf('\n') >= 0) {
          throw wrong(
              "expected texts without line breaks in the list \"%s\", got \"%s\"; leave it out"
                  .formatted(name, value.replace("\n", "\\n")));
        }
        values.add(value);
      }
      return String.join("\n", values);
    }

    private static String brief(String text) {
      return text.length() <= BRIEF ? text : text.substring(0, BRIEF) + "…";
    }

    /// Half of a surrogate pair could be read, but in no file be saved.
    private String whole(String text) {
      if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
        throw wrong(
            "expected whole characters, got half of a surrogate pair; write both halves, as"
                + " \\ud83d\\ude00");
      }
      return text;
    }

    private DataException wrong(String what) {
      return new DataException("%s:%d: %s".formatted(source, number, what));
    }

    @Override
    public void close() {
      Format.close(reader);
    }
  }
}
