package sequor.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// `format: json_lines`: a JSON object a line, whose members are the columns. The columns of a row
/// are those of all objects up to it; it may lack some, which are then empty. Numbers and truth
/// values are taken as they are written. A list of them is a value for each token of a sentence
/// ([Row#list]); an object, or a list that holds others, is the JSON that it is, for most files
/// have members that no model reads.
public record JsonLinesFormat() implements Format {
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
    private List<Row.Kind> kinds = List.of(); // of the last row; most rows have the same
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

    private record Member(String field, Row.Kind kind) {}

    private static final Member NONE = new Member("", Row.Kind.PLAIN);

    private Row row(Map<String, Member> members) {
      var columns = header == null ? Row.Header.of(source, List.of()) : header;
      if (!columns.indices().keySet().containsAll(members.keySet())) {
        var more = new LinkedHashSet<>(columns.columns());
        more.addAll(members.keySet());
        columns = Row.Header.of(source, List.copyOf(more));
      }
      header = columns;
      var fields = new ArrayList<String>();
      var now = new ArrayList<Row.Kind>();
      for (var column : columns.columns()) {
        var member = members.getOrDefault(column, NONE);
        fields.add(member.field);
        now.add(member.kind);
      }
      kinds = kinds.equals(now) ? kinds : List.copyOf(now);
      return new Row(columns, number, fields, kinds);
    }

    private Map<String, Member> members(String line) {
      var members = new LinkedHashMap<String, Member>();
      try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
          throw wrong(
              "expected an object, such as {\"text\": \"…\"}, got %s; write one a line"
                  .formatted(Brief.of(json.getString())));
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
          String name = whole(json.currentName());
          members.put(name, member(json, line));
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

    private Member member(JsonParser json, String line) {
      return switch (json.nextToken()) {
        case VALUE_NULL -> NONE;
        case VALUE_STRING -> new Member(whole(json.getString()), Row.Kind.TEXT);
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
            new Member(json.getString(), Row.Kind.PLAIN);
        case START_ARRAY -> list(json, line);
        default -> nested(json, line, json.currentTokenLocation());
      };
    }

    private Member list(JsonParser json, String line) {
      var start = json.currentTokenLocation();
      var values = new ArrayList<String>();
      boolean texts = true;
      while (json.nextToken() != JsonToken.END_ARRAY) {
        json.skipChildren();
        texts &= json.currentToken().isScalarValue();
        String value = texts ? whole(json.getString()) : "";
        texts &= !value.isEmpty() && value.indexOf('\n') < 0;
        values.add(value);
      }
      return texts
          ? new Member(String.join("\n", values), Row.Kind.LIST)
          : nested(json, line, start);
    }

    /// What began at some place and ends with the next token, as it is written.
    private Member nested(JsonParser json, String line, TokenStreamLocation start) {
      json.skipChildren();
      int end = (int) json.currentLocation().getCharOffset();
      String written = line.substring((int) start.getCharOffset(), end);
      return new Member(whole(written), Row.Kind.NESTED);
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
