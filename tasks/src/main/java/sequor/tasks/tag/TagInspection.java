package sequor.tasks.tag;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sequor.models.Ensemble;
import sequor.models.SequenceTagger;
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
import sequor.text.Item;
import sequor.text.Labels;

/// What can be seen of how a tagger tags a sentence; of one that is read in pieces, the first.
record TagInspection(WordReader reader, Labels labels, Ensemble<SequenceTagger> network) {
  Inspected of(String text, Tagged tagged) {
    int most = reader.config().tokens().maxLength();
    var words = tagged.words().tokens().stream().limit(most).toList();
    if (words.isEmpty()) {
      throw TextInspection.noTokens();
    }
    var tags = tagged.tags().subList(0, words.size());
    var tokens = new Axis("word", words.stream().map(TokenLabels::shown).toList());
    var item = reader.item(words);
    var inputs = Columns.inputs(Saliency.batch(item, 1));
    var views = new ArrayList<View>();
    views.add(saliency(item, tokens, tags));
    var first = network.all().getFirst();
    try (var inspection = Inspection.open()) {
      first.forward(inputs);
      views.addAll(Views.of("", tokens, inspection));
    }
    views.add(Views.hidden(tokens, first.encode(inputs).hidden()));
    var notices = new ArrayList<>(TextInspection.ofMembers(network));
    if (words.size() < tagged.words().tokens().size()) {
      notices.add("only the first %,d words are looked into".formatted(most));
    }
    return new Inspected(text, String.join(" ", tags), views, notices);
  }

  private View saliency(Item item, Axis tokens, List<String> tags) {
    var named = new ArrayList<String>();
    for (int t = 0; t < tags.size(); t++) {
      named.add(tokens.labels().get(t) + "/" + tags.get(t));
    }
    int[] ids = tags.stream().mapToInt(labels::id).toArray();
    return View.of(
        "saliency",
        "how much each word speaks for the tag of each, and below 0 against it (gradient × input)",
        () -> {
          var values =
              Saliency.of(
                  tags.size(),
                  tags.size(),
                  (from, rows) -> {
                    var inputs = Columns.inputs(Saliency.batch(item, rows));
                    int[] asked = Arrays.copyOfRange(ids, from, from + rows);
                    return network.mean(
                        member ->
                            Saliency.logOdds(
                                Saliency.own(member.forward(inputs), from), asked)); // (R)
                  });
          return new HeatMap(
              "what speaks for each tag, and against it",
              new Axis("tag", named),
              tokens,
              values,
              Scale.signed("nats of log-odds that a word adds", values));
        });
  }
}
