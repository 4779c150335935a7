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
import sequor.tensor.Tape;
import sequor.text.Item;
import sequor.text.Labels;

/// What can be seen of how a tagger tags a sentence; of one that is read in pieces, the first.
record TagInspection(WordReader reader, Labels labels, Ensemble<SequenceTagger> network) {
  Inspected of(String text, Tagged tagged) {
    return Tape.inference(() -> seen(text, tagged));
  }

  private Inspected seen(String text, Tagged tagged) {
    var all = tagged.words().tokens();
    var words = all.subList(0, reader.end(all, 0));
    if (words.isEmpty()) {
      throw TextInspection.noTokens();
    }
    var tags = tagged.tags().subList(0, words.size());
    var tokens = new Axis("word", words.stream().map(TokenLabels::shown).toList());
    var read = reader.axis(words);
    var item = reader.item(words);
    var inputs = Columns.inputs(Saliency.batch(item, 1));
    var views = new ArrayList<View>();
    views.add(saliency(item, read, named(tokens, tags), tags));
    var first = network.all().getFirst();
    try (var inspection = Inspection.open()) {
      first.forward(inputs);
      views.addAll(Views.of("", read, inspection));
    }
    views.add(Views.hidden(tokens, first.encode(inputs).hidden()));
    var notices = new ArrayList<>(TextInspection.ofMembers(network));
    if (words.size() < all.size()) {
      notices.add("only the first %,d words are looked into".formatted(words.size()));
    }
    return new Inspected(text, String.join(" ", tags), views, notices);
  }

  private static Axis named(Axis tokens, List<String> tags) {
    var named = new ArrayList<String>();
    for (int t = 0; t < tags.size(); t++) {
      named.add(tokens.labels().get(t) + "/" + tags.get(t));
    }
    return new Axis("tag", named);
  }

  private View saliency(Item item, Axis read, Axis named, List<String> tags) {
    int[] ids = tags.stream().mapToInt(labels::id).toArray();
    return View.of(
        "saliency",
        "how much each %s speaks for the tag of each word, and below 0 against it (gradient × input)"
            .formatted(read.name()),
        () -> {
          var values =
              Saliency.of(
                  tags.size(),
                  read.labels().size(),
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
              named,
              read,
              values,
              Scale.signed("nats of log-odds that a %s adds".formatted(read.name()), values));
        });
  }
}
