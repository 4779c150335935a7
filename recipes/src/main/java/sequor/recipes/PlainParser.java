package sequor.recipes;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import sequor.settings.SettingsException;

/// Parses YAML and refuses, as soon as it comes, what recipes do not have: tags, anchors and
/// aliases, of which a short text can make a huge tree, and sections so deep that they would
/// exhaust the stack.
final class PlainParser implements Parser {
  private static final int MOST_DEEP = 16;

  private final Parser parser;
  private final String source;
  private int depth;

  /// @param source what errors call it
  PlainParser(LoadSettings settings, String yaml, String source) {
    this.parser = new ParserImpl(settings, new StreamReader(settings, yaml));
    this.source = source;
  }

  @Override
  public boolean checkEvent(Event.ID id) {
    return parser.checkEvent(id);
  }

  @Override
  public Event peekEvent() {
    return checked(parser.peekEvent());
  }

  @Override
  public boolean hasNext() {
    return parser.hasNext();
  }

  @Override
  public Event next() {
    var event = checked(parser.next());
    switch (event) {
      case CollectionStartEvent _ -> depth++;
      case CollectionEndEvent _ -> depth--;
      default -> {}
    }
    if (depth > MOST_DEEP) {
      throw wrong(event, "sections in sections, %d deep at most".formatted(MOST_DEEP), "more");
    }
    return event;
  }

  private Event checked(Event event) {
    if (event instanceof AliasEvent alias) {
      throw wrong(
          event, "a value", "the alias *%s, which recipes do not have".formatted(alias.getAlias()));
    }
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      throw wrong(
          event,
          "a value",
          "the anchor &%s, which recipes do not have".formatted(node.getAnchor().get()));
    }
    var tag =
        switch (event) {
          case ScalarEvent scalar -> scalar.getTag();
          case CollectionStartEvent collection -> collection.getTag();
          default -> Optional.<String>empty();
        };
    if (tag.isPresent()) {
      String written = tag.get().replace(Tag.PREFIX, "!!");
      throw wrong(event, "a value", "the tag %s, which recipes do not have".formatted(written));
    }
    return event;
  }

  private SettingsException wrong(Event event, String expected, String got) {
    int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    return new SettingsException(
        "%s:%d: expected %s, got %s; write it out".formatted(source, line, expected, got));
  }
}
