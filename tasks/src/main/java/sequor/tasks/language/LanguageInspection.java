package sequor.tasks.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import sequor.models.Ensemble;
import sequor.models.LanguageModel;
import sequor.nn.Inspection;
import sequor.tasks.Columns;
import sequor.tasks.HeatMap;
import sequor.tasks.HeatMap.Axis;
import sequor.tasks.HeatMap.Scale;
import sequor.tasks.Inspected;
import sequor.tasks.Saliency;
import sequor.tasks.TextInspection;
import sequor.tasks.TokenLabels;
import sequor.tasks.View;
import sequor.tasks.Views;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.text.Batch;
import sequor.text.Encoding;
import sequor.text.Item;

/// What can be seen of how a language model reads a text, told token by token.
final class LanguageInspection {
  private static final int MOST = 256; // tokens that are looked into

  private final Generator generator;
  private final Ensemble<LanguageModel<?>> network;

  LanguageInspection(Generator generator) {
    this.generator = generator;
    this.network = generator.members();
  }

  Inspected of(String text) {
    return Tape.inference(() -> seen(text));
  }

  private Inspected seen(String text) {
    var whole = generator.tokenizer().encode(text);
    var looked = whole.first(MOST);
    String label = likeliest(looked);
    var item = generator.item(looked, label);
    if (looked.length() == 0 || item.length() == 0) {
      throw TextInspection.noTokens();
    }
    var batch = Saliency.batch(item, 1);
    int steps = batch.ids(NextTokens.TEXT).steps();
    var vocabulary = generator.tokenizer().vocabulary();
    var written = TokenLabels.of(text, looked, vocabulary);
    var told = new ArrayList<>(List.of(vocabulary.token(vocabulary.bos())));
    told.addAll(written);
    var next = new ArrayList<>(written);
    next.add(vocabulary.token(vocabulary.eos()));
    var read = new Axis("read", told.subList(0, steps));
    var views = new ArrayList<View>();
    views.add(saliency(item, read, new Axis("said", next.subList(0, steps))));
    Tensor hidden;
    try (var inspection = Inspection.open()) {
      hidden = hidden(network.all().getFirst(), batch);
      views.addAll(Views.of("", read, inspection));
    }
    views.add(Views.hidden(read, hidden));
    double nats = generator.predict(text).natsPerToken();
    String answer = String.format(Locale.ROOT, "%.4f nats per token", nats);
    return new Inspected(
        text,
        label.isEmpty() ? answer : "%s, likeliest as %s".formatted(answer, label),
        views,
        notices(looked.length() < whole.length()));
  }

  private List<String> notices(boolean cut) {
    var notices = new ArrayList<>(TextInspection.ofMembers(network));
    if (cut) {
      notices.add("only the first %,d tokens are looked into".formatted(MOST));
    }
    if (generator.ngrams().isPresent()) {
      notices.add("n-grams speak along in the answer, and are not looked into");
    }
    return notices;
  }

  /// The label that such a text has most likely; empty of a model that is not conditioned.
  private String likeliest(Encoding text) {
    var labels = generator.labels();
    if (labels.isEmpty()) {
      return "";
    }
    var items = labels.stream().map(label -> generator.item(text, label)).toList();
    double[] nats = new double[items.size()];
    generator
        .scoring()
        .forEach(
            items,
            each -> nats[each.item()] = each.sum() - Math.log(generator.prior().get(each.item())));
    int best = 0;
    for (int label = 1; label < nats.length; label++) {
      best = nats[label] < nats[best] ? label : best;
    }
    return labels.get(best);
  }

  private View saliency(Item item, Axis read, Axis said) {
    int steps = read.labels().size();
    return View.of(
        "saliency",
        "how much each token that was read speaks for the next, and below 0 against it"
            + " (gradient × input)",
        () -> {
          var values =
              Saliency.of(
                  steps,
                  steps,
                  (from, rows) -> {
                    var batch = Saliency.batch(item, rows);
                    return network.mean(member -> logProbabilities(member, batch, from)); // (R)
                  });
          return new HeatMap(
              "what speaks for each next token, and against it",
              said,
              read,
              values,
              Scale.signed("nats of log-probability that a token adds", values));
        });
  }

  /// Of row r that of the token behind step `from + r`. // (R)
  private static Tensor logProbabilities(LanguageModel<?> member, Batch batch, int from) {
    var hidden = hidden(member, batch); // (R,T,H)
    var next = Columns.ids(batch, NextTokens.NEXT); // (R,T)
    int[] said = IntStream.range(0, batch.size()).map(r -> next.get(r, from + r)).toArray();
    return Saliency.logProbabilities(member.head().forward(Saliency.own(hidden, from)), said);
  }

  private static Tensor hidden(LanguageModel<?> member, Batch batch) {
    return member.hidden(
        Columns.ids(batch, NextTokens.TEXT),
        Columns.ids(batch, NextTokens.LABEL),
        Columns.spans(batch, NextTokens.TEXT));
  }
}
