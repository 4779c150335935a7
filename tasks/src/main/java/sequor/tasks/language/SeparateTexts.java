package sequor.tasks.language;

import java.util.List;
import java.util.function.Consumer;
import sequor.text.Item;

/// Texts of which each is judged for itself.
///
/// @param items what each became
record SeparateTexts(
    NextTokens tokens,
    List<String> texts,
    List<String> labels,
    List<Item> items,
    long characters,
    long cut,
    long left)
    implements Judged {
  @Override
  public long size() {
    return texts.size();
  }

  @Override
  public void score(Scoring scoring, Consumer<Scoring.Text> action) {
    scoring.forEach(items, action);
  }

  @Override
  public List<int[]> said() {
    return texts.stream().map(tokens::said).toList();
  }
}
