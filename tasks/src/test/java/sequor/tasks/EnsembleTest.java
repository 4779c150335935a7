package sequor.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.store.ModelDirectory;
import sequor.tasks.classify.Classifier;
import sequor.tasks.classify.Prediction;
import sequor.tasks.language.Generator;

/// One model, and several that answer together.
class EnsembleTest {
  private static final List<String> TEXTS = List.of("abba", "kiik", "", "xyz");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aClassifierOfSome(int members) {
    var trained = Toy.train("classify", "data.label=language", "model.members=" + members);
    var classifier = trained.predictor(Classifier.class);
    classifier.save(folder);

    assertThat(classifier.predict(List.of("abba", "kiik", "muum")))
        .extracting(Prediction::label)
        .containsExactly("abba", "ikki", "umu");
    assertThat(Classifier.load(folder).predict(TEXTS)).isEqualTo(classifier.predict(TEXTS));
    assertNames(trained, members, "head.1.weight");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aLanguageModelOfSome(int members) {
    var trained = Toy.train("model-language", "training.epochs=1", "model.members=" + members);
    var generator = trained.predictor(Generator.class);
    generator.save(new ModelDirectory(folder));

    var loaded = Generator.load(folder);
    assertThat(loaded.predict(TEXTS)).isEqualTo(generator.predict(TEXTS));
    var request = Generates.Request.of(0.8);
    assertThat(loaded.generate(request, 4, 1))
        .isEqualTo(generator.generate(request, 4, 1).toList());
    assertNames(trained, members, "head.weight");
  }

  private static void assertNames(Toy.Trained trained, int members, String name) {
    var names = trained.job().module().parameters().keySet();
    assertThat(names).contains(members == 1 ? name : "member_" + (members - 1) + "." + name);
    assertThat(names.stream().anyMatch(each -> each.startsWith("member_"))).isEqualTo(members > 1);
  }

  /// Each starts from other values, and what they say together is their mean.
  @Test
  void membersDiffer() {
    var module =
        Toy.prepare(Toy.words(), "classify", "data.label=language", "model.members=3").module();
    float[] first = module.parameter("member_0.head.1.weight").toArray();
    float[] second = module.parameter("member_1.head.1.weight").toArray();
    assertThat(first).isNotEqualTo(second);
    assertThat(first.length).isEqualTo(second.length);

    var job = Toy.prepare(Toy.words(), "model-language", "model.members=3");
    double nats = ((Generator) job.predictor()).predict("abba").natsPerToken();
    assertThat(nats).isCloseTo(Math.log(10), within(0.5)); // six letters and four specials
  }
}
