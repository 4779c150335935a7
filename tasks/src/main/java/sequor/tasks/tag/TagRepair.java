package sequor.tasks.tag;

import java.util.List;
import sequor.tasks.TaskException;

/// Reads the tags of sentence after sentence into one scheme, repairs those that break their own or
/// refuses them, and counts them.
public final class TagRepair {
  private final TagScheme written;
  private final TagScheme wanted;
  private final boolean refuse;
  private long sentences;
  private long brokenSentences;
  private long brokenTags;

  private TagRepair(TagScheme written, TagScheme wanted, boolean refuse) {
    this.written = written;
    this.wanted = wanted;
    this.refuse = refuse;
  }

  /// Broken tags are read as conlleval reads them.
  ///
  /// @param written the scheme that the tags are in
  /// @param wanted the one that they shall be in
  public static TagRepair repairing(TagScheme written, TagScheme wanted) {
    return new TagRepair(written, wanted, false);
  }

  /// Broken tags are refused.
  ///
  /// @param written the scheme that the tags are in
  /// @param wanted the one that they shall be in
  public static TagRepair refusing(TagScheme written, TagScheme wanted) {
    return new TagRepair(written, wanted, true);
  }

  /// The tags of one sentence in the scheme that is wanted.
  ///
  /// @param place where it stands, for messages: `train.conll:17`
  /// @throws TaskException if they break their own and are not to be repaired, or are no tags of it
  public List<String> read(List<String> tags, String place) {
    var kept = written.repaired(tags);
    int broken = written.broken(tags);
    sentences++;
    brokenTags += broken;
    brokenSentences += broken > 0 ? 1 : 0;
    if (broken > 0 && refuse) {
      int first = 0;
      while (kept.get(first).equals(tags.get(first))) {
        first++;
      }
      throw new TaskException(
          "%s: expected tags that keep %s, got '%s' at token %d%s; mend the file, or have broken tags"
                  .formatted(
                      place,
                      written,
                      tags.get(first),
                      first,
                      first == 0 ? "" : " after '" + tags.get(first - 1) + "'")
              + " repaired ('%s')".formatted(kept.get(first)));
    }
    return wanted == written ? kept : written.convert(kept, wanted);
  }

  /// How many sentences were read.
  public long sentences() {
    return sentences;
  }

  /// How many of them had broken tags.
  public long brokenSentences() {
    return brokenSentences;
  }

  /// How many tags were broken.
  public long brokenTags() {
    return brokenTags;
  }
}
