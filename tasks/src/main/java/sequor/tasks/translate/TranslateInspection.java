package sequor.tasks.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import sequor.models.EncoderDecoder;
import sequor.nn.Inspection;
import sequor.tasks.HeatMap;
import sequor.tasks.HeatMap.Axis;
import sequor.tasks.HeatMap.Scale;
import sequor.tasks.Inspected;
import sequor.tasks.Saliency;
import sequor.tasks.TextInspection;
import sequor.tasks.TokenLabels;
import sequor.tasks.View;
import sequor.tasks.Views;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.text.Item;

/// What can be seen of how a text is translated: of the best translation, which is told token by
/// token.
final class TranslateInspection {
  private final PairReader reader;
  private final Translator translator;
  private final Item item;
  private final boolean cut;
  private final List<String> source; // in the order of the text, the mark behind it
  private final int[] said;
  private final List<String> target;
  private final Translation translation;

  TranslateInspection(Translator translator, Translation translation) {
    this.translator = translator;
    this.reader = translator.reader();
    this.translation = translation;
    var read = reader.read(translation.source());
    if (read.encoding().length() == 0) {
      throw TextInspection.noTokens();
    }
    item = reader.item(read.encoding());
    cut = read.cut();
    var known = reader.source().vocabulary();
    source = new ArrayList<>(TokenLabels.of(translation.source(), read.encoding(), known));
    source.add(known.token(known.eos()));
    said = said(translation.best());
    target = IntStream.of(said).mapToObj(this::label).toList();
  }

  /// The ids of what was said, the mark at its end included, if it came to one.
  private int[] said(Translation.Hypothesis best) {
    var vocabulary = reader.target().vocabulary();
    int[] ids = vocabulary.encode(best.alignment().target());
    if (best.ended()) {
      ids[ids.length - 1] = vocabulary.eos(); // which no text means
    }
    return ids;
  }

  /// A token that was said as it stands in the translation.
  private String label(int id) {
    String text = reader.target().decode(id);
    return TokenLabels.shown(text.isBlank() ? reader.target().vocabulary().token(id) : text);
  }

  Inspected inspected() {
    return Tape.inference(this::seen);
  }

  private Inspected seen() {
    var views = new ArrayList<View>();
    var text = new Axis("source", source);
    var spoken = new Axis("target", target);
    var alignment = translation.best().alignment();
    if (!alignment.isEmpty()) {
      views.add(
          View.of(
              "alignment",
              "how much each token of the translation looked at each of the text",
              () ->
                  new HeatMap(
                      "where the translation looked",
                      spoken,
                      text,
                      alignment.weights(),
                      Views.SHARE)));
    }
    if (said.length > 0) {
      views.add(saliency(text, spoken));
    }
    var inOrder = new Axis("source", inOrder(source));
    EncoderDecoder.Sources sources;
    List<View> reading;
    try (var inspection = Inspection.open()) {
      sources = translator.read(Saliency.batch(item, 1));
      reading = Views.of("", inOrder, inspection);
    }
    views.addAll(saying(sources, inOrder, spoken));
    views.addAll(reading);
    views.add(Views.hidden(inOrder, sources.states()));
    var notices =
        cut ? List.of("the text has more tokens than the model reads") : List.<String>of();
    return new Inspected(translation.source(), translation.text(), views, notices);
  }

  /// Views of the decoder.
  private List<View> saying(EncoderDecoder.Sources sources, Axis read, Axis spoken) {
    if (said.length == 0) {
      return List.of();
    }
    var views = new ArrayList<View>();
    var vocabulary = reader.target().vocabulary();
    var before = new ArrayList<>(List.of(vocabulary.token(vocabulary.bos())));
    before.addAll(target.subList(0, said.length - 1));
    try (var inspection = Inspection.open()) {
      sources.hidden(told(1), Spans.full(1, said.length));
      var cross = Views.looking(inspection, Inspection.Looking.CROSS);
      if (cross.stream().anyMatch(told -> cross.size() > 1 || told.weights().dim(1) > 1)) {
        views.add(Views.attention("cross-attention", spoken, read, cross));
      }
      views.addAll(Views.of("decoder-", new Axis("told", before), inspection));
    }
    return views;
  }

  private View saliency(Axis text, Axis spoken) {
    return View.of(
        "saliency",
        "how much each token of the text speaks for each of the translation, and below 0 against it"
            + " (gradient × input)",
        () -> {
          var values =
              Saliency.of(said.length, source.size(), this::logProbabilities).stream()
                  .map(this::inOrder)
                  .toList();
          return new HeatMap(
              "what in the text speaks for each token of the translation",
              spoken,
              text,
              values,
              Scale.signed("nats of log-probability that a token adds", values));
        });
  }

  /// Of row r that of the token `from + r`, where all before it are told. // (R)
  private Tensor logProbabilities(int from, int rows) {
    var sources = translator.read(Saliency.batch(item, rows));
    var hidden =
        Inspection.aside(
            () -> sources.hidden(told(rows), Spans.full(rows, said.length))); // (R,T,H)
    int[] next = IntStream.range(0, rows).map(r -> said[from + r]).toArray();
    var head = translator.network().head();
    return Saliency.logProbabilities(head.forward(Saliency.own(hidden, from)), next);
  }

  /// `<bos>` and all tokens but the last. // (R,T)
  private Ids told(int rows) {
    int bos = reader.target().vocabulary().bos();
    int[] told =
        IntStream.range(0, rows * said.length)
            .map(i -> i % said.length == 0 ? bos : said[i % said.length - 1])
            .toArray();
    return Ids.of(told, rows, said.length);
  }

  /// From the order of the text to that in which it is read, and back.
  private <T> List<T> inOrder(List<T> each) {
    if (!reader.config().order().reverse()) {
      return each;
    }
    var turned = new ArrayList<>(each.subList(0, each.size() - 1).reversed());
    turned.add(each.getLast());
    return turned;
  }
}
