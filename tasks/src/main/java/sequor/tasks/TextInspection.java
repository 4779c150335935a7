package sequor.tasks;

import java.util.ArrayList;
import java.util.List;
import sequor.models.Ensemble;
import sequor.models.SequenceClassifier;
import sequor.nn.Inspection;
import sequor.tasks.HeatMap.Axis;
import sequor.tasks.HeatMap.Scale;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.text.Item;

/// What can be seen of how networks answer a text with one vector: what tasks that classify, label
/// and estimate share.
///
/// @param reader what the networks read
/// @param network those that answer together; the first is looked into
public record TextInspection(TextReader reader, Ensemble<SequenceClassifier> network) {
  /// What is said of the text, and which numbers stand for it.
  ///
  /// @param answer in a few words
  /// @param title of what the tokens add to the numbers
  /// @param names of the numbers
  /// @param meaning what the numbers are, with their unit
  /// @param number makes those numbers of logits
  public record Asked(
      String answer, String title, List<String> names, String meaning, OfLogits number) {
    public Asked {
      names = List.copyOf(names);
    }
  }

  /// Numbers of logits, a row each: the first row is that of number `from`.
  @FunctionalInterface
  public interface OfLogits {
    /// (R,C) → (R)
    Tensor of(Tensor logits, int from);
  }

  /// What can be seen.
  ///
  /// @param notices what somebody should know beside that
  /// @throws TaskException if the networks read nothing
  public Inspected of(String text, Asked asked, List<String> notices) {
    return Tape.inference(() -> seen(text, asked, notices));
  }

  private Inspected seen(String text, Asked asked, List<String> notices) {
    var read = reader.read(text);
    var item = reader.item(read);
    if (item.length() == 0) {
      throw noTokens();
    }
    var tokens = new Axis("token", labels(text, read, item.length()));
    var views = new ArrayList<View>();
    var first = network.all().getFirst();
    var inputs = Columns.inputs(Saliency.batch(item, 1));
    try (var inspection = Inspection.open()) {
      first.forward(inputs);
      if (inspection.reads()) {
        views.add(saliency(item, tokens, asked));
      }
      views.addAll(Views.of("", tokens, inspection));
    }
    if (!views.isEmpty()) {
      views.add(Views.hidden(tokens, first.encode(inputs).hidden()));
    }
    var more = new ArrayList<>(notices);
    if (read.cut()) {
      more.add("the text has more tokens than the model reads");
    }
    more.addAll(ofMembers(network));
    return new Inspected(text, asked.answer, views, more);
  }

  /// A text that there is nothing to see of.
  public static TaskException noTokens() {
    return new TaskException(
        "inspect: expected a text with tokens, got one without; write some words");
  }

  /// What somebody should know of networks that answer together.
  public static List<String> ofMembers(Ensemble<?> network) {
    return network.count() == 1
        ? List.of()
        : List.of(
            "%d networks answer together: saliency is the mean of theirs, all else is of the first"
                .formatted(network.count()));
  }

  private View saliency(Item item, Axis tokens, Asked asked) {
    return View.of(
        "saliency",
        "how much each token speaks for the answer, and below 0 against it (gradient × input)",
        () -> {
          var values =
              Saliency.of(
                  asked.names.size(),
                  item.length(),
                  (from, rows) -> {
                    var inputs = Columns.inputs(Saliency.batch(item, rows));
                    return network.mean(
                        member -> asked.number.of(member.forward(inputs), from)); // (R)
                  });
          return new HeatMap(
              asked.title,
              new Axis("", asked.names),
              tokens,
              values,
              Scale.signed(asked.meaning, values));
        });
  }

  /// What fills a text up to a fixed length is read too.
  private List<String> labels(String text, TextReader.Read read, int length) {
    var vocabulary = reader.tokenizer().vocabulary();
    var labels = new ArrayList<>(TokenLabels.of(text, read.encoding(), vocabulary));
    while (labels.size() < length) {
      labels.add(vocabulary.token(vocabulary.pad()));
    }
    return labels;
  }
}
