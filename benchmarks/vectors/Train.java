import java.nio.file.Path;
import sequor.data.CorpusFormat;
import sequor.json.Json;
import sequor.kernels.Parallel;
import sequor.settings.Places;
import sequor.settings.Settings;
import sequor.tasks.embed.Embed;
import sequor.train.TrainingListener;

/// `Train CORPUS OUT SEED WAY RATE`: word vectors of Sequor on one thread, with the settings of the
/// others; WAY is `sg`, `cbow` or `subwords`. Prints the raw words that it reads in a second.
void main(String... arguments) {
  Parallel.threads(1);
  var nothing = new Settings(Json.object(), "data.", Places.NOWHERE);
  var texts = new CorpusFormat().open(Path.of(arguments[0]), nothing).map(row -> row.field("text"));
  var way = arguments[3].equals("cbow") ? Embed.cbow(100) : Embed.skipGram(100);
  var last = new double[1];
  var embedder =
      (arguments[3].equals("subwords") ? way.subwords(3, 6, 2_000_000) : way)
          .tokens("tokenizer", "whitespace")
          .learningRate(Double.parseDouble(arguments[4]))
          .seed(Integer.parseInt(arguments[2]))
          .epochs(5)
          .listener(
              new TrainingListener() {
                @Override
                public void paced(Pace pace) {
                  last[0] = pace.perSecond();
                }
              })
          .train(texts);
  embedder.vectors().write(Path.of(arguments[1]));
  IO.println("%.0f words/s".formatted(last[0]));
}
