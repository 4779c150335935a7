package sequor.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sequor.json.Json;
import sequor.json.JsonObject;

class SectionTest {
  /// All types that there are.
  public record All(
      @Setting(value = "64", min = 1, max = 16384, about = "of a layer") int hiddenSize,
      @Setting(value = "7", about = "any") long seed,
      @Setting(value = "0.5", min = 0, max = 0.99, about = "dropped") float dropout,
      @Setting(value = "1e-3", min = 0, about = "of a step") double rate,
      @Setting(value = "false", about = "both ways") boolean bidirectional,
      @Setting(value = "gru", about = "what repeats") Cell cell,
      @Setting(value = "", about = "a column") String text,
      @Setting(
              value = "none",
              of = {"none", "linear"},
              about = "of the rate")
          String schedule,
      @Setting(value = "[0.8, 0.2]", min = 0, max = 1, about = "shares") List<Double> parts,
      @Setting(value = "[]", about = "columns") List<String> columns,
      @Setting(
              value = "[\"a\"]",
              of = {"a", "b"},
              about = "some of them")
          List<String> some) {}

  public enum Cell {
    RNN,
    LSTM,
    GRU
  }

  private static final All DEFAULTS =
      new All(
          64,
          7,
          0.5f,
          1e-3,
          false,
          Cell.GRU,
          "",
          "none",
          List.of(0.8, 0.2),
          List.of(),
          List.of("a"));

  private static All read(JsonObject written) {
    return Section.of(All.class).complete(written, "model.", Places.of("my.yaml")).as(All.class);
  }

  @Test
  void whatIsNotWrittenIsTheDefault() {
    assertThat(Settings.defaults(All.class)).isEqualTo(DEFAULTS);
    assertThat(read(Json.object())).isEqualTo(DEFAULTS);
  }

  @Test
  void whatIsWrittenIsRead() {
    var written =
        Json.object()
            .with("hidden_size", 128)
            .with("seed", Long.MAX_VALUE)
            .with("dropout", 0.25)
            .with("rate", 3)
            .with("bidirectional", true)
            .with("cell", "lstm")
            .with("text", "review")
            .with("schedule", "linear")
            .with("parts", List.of(1, 0))
            .with("columns", List.of("a", "b"))
            .with("some", List.of("b", "a"));

    assertThat(read(written))
        .isEqualTo(
            new All(
                128,
                Long.MAX_VALUE,
                0.25f,
                3,
                true,
                Cell.LSTM,
                "review",
                "linear",
                List.of(1.0, 0.0),
                List.of("a", "b"),
                List.of("b", "a")));
  }

  @Test
  void aRecordIsWrittenAsItIsRead() {
    var some =
        new All(
            1,
            -3,
            0.1f,
            0.1,
            true,
            Cell.RNN,
            "ä",
            "linear",
            List.of(0.25),
            List.of("x"),
            List.of());

    assertThat(read(Settings.json(some))).isEqualTo(some);
    assertThat(Settings.json(some).text("cell")).isEqualTo("rnn");
    assertThat(read(Json.parseObject(Settings.json(DEFAULTS).pretty(), "saved")))
        .isEqualTo(DEFAULTS);
  }

  @Test
  void wholeNumbersMayBeWrittenWithAPoint() {
    assertThat(read(Json.parseObject("{\"hidden_size\": 1e2}", "x")).hiddenSize()).isEqualTo(100);
    assertThat(read(Json.parseObject("{\"hidden_size\": 8.0}", "x")).hiddenSize()).isEqualTo(8);
  }

  /// A column may be called 2024, and a label true.
  @Test
  void textsNeedNoQuotes() {
    var written = Json.object().with("text", 2024).with("columns", List.of(2024, true, "b"));

    assertThat(read(written).text()).isEqualTo("2024");
    assertThat(read(written).columns()).containsExactly("2024", "true", "b");
    assertThat(read(Json.object().with("text", null)).text()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          "hidden_size": 0       | hidden_size: expected a whole number from 1 to 16384, got 0; choose one in that range
          "hidden_size": 16385   | hidden_size: expected a whole number from 1 to 16384, got 16385; choose one in that range
          "hidden_size": "big"   | hidden_size: expected a whole number from 1 to 16384, got "big"; write it as a number, without quotes
          "hidden_size": 1.5     | hidden_size: expected a whole number from 1 to 16384, got 1.5; choose one in that range
          "hidden_size": 1e99    | hidden_size: expected a whole number from 1 to 16384, got 1e99; choose one in that range
          "hidden_size": null    | hidden_size: expected a whole number from 1 to 16384, got null; write a number here
          "hidden_size": {"a":1} | hidden_size: expected a whole number from 1 to 16384, got a section; write a number here
          "seed": 1e30           | seed: expected a whole number, got 1e30; choose one in that range
          "dropout": 1.5         | dropout: expected a number from 0 to 0.99, got 1.5; choose one in that range
          "dropout": "0,01"      | dropout: expected a number from 0 to 0.99, got "0,01"; write a point: 0.01
          "dropout": ".nan"      | dropout: expected a number from 0 to 0.99, got ".nan"; write it as a number, without quotes
          "rate": -1             | rate: expected a number from 0, got -1; choose one in that range
          "bidirectional": "yes" | bidirectional: expected true or false, got "yes"; write true or false
          "bidirectional": 1     | bidirectional: expected true or false, got 1; write true or false
          "cell": "lstn"         | cell: expected one of rnn, lstm, gru, got "lstn"; did you mean "lstm"?
          "cell": "LSTM"         | cell: expected one of rnn, lstm, gru, got "LSTM"; did you mean "lstm"?
          "cell": "transformer"  | cell: expected one of rnn, lstm, gru, got "transformer"; choose one of them
          "text": ["a"]          | text: expected a text, got ["a"]; write a text
          "schedule": "cosine"   | schedule: expected one of none, linear, got "cosine"; choose one of them
          "parts": [0.8, 1.2]    | parts: expected a list of numbers from 0 to 1, got [0.8,1.2]; write a list, such as [0.8,0.2]
          "parts": 0.8           | parts: expected a list of numbers from 0 to 1, got 0.8; write a list, such as [0.8,0.2]
          "some": ["a", "c"]     | some: expected a list of some of a, b, got ["a","c"]; there is no "c"; did you mean "a"?
          "some": "a"            | some: expected a list of some of a, b, got "a"; write a list, such as ["a"]
          """)
  void whatAValueMayNotBeIsRefused(String written, String message) {
    assertThatThrownBy(() -> read(Json.parseObject("{" + written + "}", "x")))
        .isInstanceOf(SettingsException.class)
        .hasMessage("my.yaml: model." + message);
  }

  record Speed(@Setting(value = "3", about = "how fast") int speed) {}

  record Color(@Setting(value = "red", about = "which") String color) {}

  record Chain(@Setting(value = "[]", about = "one after the other") List<String> chain) {}

  private record Link(String name, Class<? extends Record> settings) implements Named {
    @Override
    public String about() {
      return "a link";
    }
  }

  /// A list chooses too, and each that it names brings its keys along, once.
  @Test
  void whatAListChoosesHasItsKeys() {
    var links =
        Choices.of("link", List.of(new Link("fast", Speed.class), new Link("red", Color.class)));
    var section = Section.of(Chain.class).choosing("chain", links);
    var written = Json.object().with("chain", List.of("fast", "fast")).with("speed", 4);
    var read = section.complete(written, "model.", Places.of("my.yaml"));
    assertThat(read.values().names()).containsExactly("chain", "speed");
    assertThat(read.as(Speed.class)).isEqualTo(new Speed(4));
    assertThat(section.keys(Json.object())).extracting(Key::name).containsExactly("chain");
    assertThat(
            section
                .restore(Json.object().with("chain", List.of("red")), "", Places.NOWHERE)
                .text("color"))
        .isEqualTo("red");
    assertThatThrownBy(
            () -> section.complete(written.with("color", "blue"), "model.", Places.of("my.yaml")))
        .isInstanceOf(SettingsException.class)
        .hasMessageEndingWith("it is a key of chain: red");
    assertThatThrownBy(() -> section.choosing("chains", links)).hasMessageContaining("chain");
  }

  @Test
  void aLongValueIsShownShortened() {
    assertThatThrownBy(() -> read(Json.object().with("cell", "x".repeat(1000))))
        .hasMessageContaining("got \"" + "x".repeat(79) + "…; choose one of them");
  }

  @Test
  void aKeyThatThereIsNotIsAnsweredWithTheNearest() {
    assertThatThrownBy(() -> read(Json.object().with("hiden_size", 3)))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "my.yaml: model.hiden_size: no such key in model; there are hidden_size, seed, dropout,"
                + " rate, bidirectional, cell, text, schedule, parts, columns, some; did you mean"
                + " \"hidden_size\"?");
  }

  public record Widths(
      @Setting(value = "[3, 4]", min = 1, max = 9, about = "of windows") List<Integer> widths) {}

  @Test
  void aListOfWholeNumbers() {
    assertThat(Settings.defaults(Widths.class)).isEqualTo(new Widths(List.of(3, 4)));
    var section = Section.of(Widths.class);
    var written = Settings.json(new Widths(List.of(5)));
    assertThat(written).hasToString("{\"widths\":[5]}");
    assertThat(section.complete(written, "", Places.NOWHERE).as(Widths.class))
        .isEqualTo(new Widths(List.of(5)));
    for (var wrong : List.of("[2.5]", "[0]", "[10]", "[\"a\"]", "3")) {
      var object = Json.object().with("widths", Json.parse(wrong));
      assertThatThrownBy(() -> section.complete(object, "model.", Places.NOWHERE))
          .isInstanceOf(SettingsException.class)
          .hasMessageEndingWith(
              "model.widths: expected a list of whole numbers from 1 to 9, got %s; write a list, such"
                      .formatted(wrong)
                  + " as [3,4]");
    }
  }

  // Choices

  record Plain(String name, Class<? extends Record> settings) implements Named {
    @Override
    public String about() {
      return "for a test";
    }
  }

  public record Layers(@Setting(value = "1", min = 1, max = 9, about = "of them") int layers) {}

  public record Kernel(@Setting(value = "3", min = 1, max = 9, about = "its width") int width) {}

  private static final Choices<Plain> ENCODERS =
      Choices.of(
          "encoder",
          List.of(
              new Plain("recurrent", Layers.class),
              new Plain("convolution", Kernel.class),
              new Plain("bag", Named.None.class)));

  private static final Section CHOOSING =
      Section.none().choosing("encoder", "recurrent", "what reads", ENCODERS).and(Head.class);

  public record Head(@Setting(value = "0.1", min = 0, max = 1, about = "dropped") double dropout) {}

  @Test
  void whatIsChosenBringsItsKeys() {
    var byDefault = CHOOSING.complete(Json.object(), "model.", Places.NOWHERE);
    assertThat(byDefault.values())
        .hasToString("{\"encoder\":\"recurrent\",\"layers\":1,\"dropout\":0.1}");
    assertThat(byDefault.as(Layers.class)).isEqualTo(new Layers(1));

    var chosen = Json.object().with("width", 5).with("encoder", "convolution");
    assertThat(CHOOSING.complete(chosen, "model.", Places.NOWHERE).values())
        .hasToString("{\"encoder\":\"convolution\",\"width\":5,\"dropout\":0.1}");
    assertThat(CHOOSING.keys(chosen))
        .extracting(Key::name)
        .containsExactly("encoder", "width", "dropout");
    assertThat(CHOOSING.keys(Json.object().with("encoder", "bag")))
        .extracting(Key::name)
        .containsExactly("encoder", "dropout");
  }

  @Test
  void aKeyOfAnotherChoiceIsSaidToBeThat() {
    assertThatThrownBy(
            () -> CHOOSING.complete(Json.object().with("width", 5), "model.", Places.of("my.yaml")))
        .hasMessage(
            "my.yaml: model.width: no such key in model; there are encoder, layers, dropout; it is a"
                + " key of encoder: convolution");
  }

  @Test
  void aChoiceThatThereIsNotIsAnsweredWithTheNearest() {
    var written = Json.object().with("encoder", "recurent");
    assertThatThrownBy(() -> CHOOSING.complete(written, "model.", Places.of("my.yaml")))
        .hasMessage(
            "my.yaml: model.encoder: expected one of bag, convolution, recurrent, got \"recurent\";"
                + " did you mean \"recurrent\"?");
  }

  @Test
  void choicesAreFoundByName() {
    assertThat(ENCODERS.names()).containsExactly("bag", "convolution", "recurrent");
    assertThat(ENCODERS.all()).extracting(Plain::name).isEqualTo(ENCODERS.names());
    assertThat(ENCODERS.get("bag").settings()).isEqualTo(Named.None.class);
    assertThat(ENCODERS.has("bag")).isTrue();
    assertThat(ENCODERS.has("bags")).isFalse();
    assertThatThrownBy(() -> ENCODERS.get("bags"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "encoder: expected one of bag, convolution, recurrent, got \"bags\"; did you mean"
                + " \"bag\"?");
  }

  @Test
  void twoChoicesOfOneNameAreRefused() {
    var twice = List.of(new Plain("bag", Layers.class), new Plain("bag", Kernel.class));
    assertThatThrownBy(() -> Choices.of("encoder", twice))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("encoder 'bag': expected one of that name, got ")
        .hasMessageEndingWith("; rename one, or leave one out");
  }

  @Test
  void aSectionMayHaveAnotherDefault() {
    var section = CHOOSING.withDefault("dropout", "0.3").withDefault("encoder", "bag");
    assertThat(section.complete(Json.object(), "", Places.NOWHERE).values())
        .hasToString("{\"encoder\":\"bag\",\"dropout\":0.3}");
    assertThatThrownBy(() -> CHOOSING.withDefault("dropuot", "0.3"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("got \"dropuot\"")
        .hasMessageContaining("did you mean \"dropout\"?");
  }

  // Records

  public record Bare(int size) {}

  public record Odd(@Setting(value = "1", about = "odd") char letter) {}

  public record Strict(@Setting(value = "1", about = "even") int size) {
    public Strict {
      if (size % 2 == 1) {
        throw new SettingsException("size: expected an even one, got " + size + "; add one");
      }
      if (size == 4) {
        throw new IllegalArgumentException("four");
      }
    }
  }

  @Test
  void aRecordMustSayWhatItsComponentsAre() {
    assertThatThrownBy(() -> Section.of(Bare.class))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("expected @Setting at the component size, got none");
    assertThatThrownBy(() -> Section.of(Odd.class))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("letter: expected a type that can be set, got char");
  }

  @Test
  void whatARecordRefusesComesThrough() {
    assertThatThrownBy(() -> Settings.defaults(Strict.class))
        .isInstanceOf(SettingsException.class)
        .hasMessage("size: expected an even one, got 1; add one");
    var four = Section.of(Strict.class).complete(Json.object().with("size", 4), "", Places.NOWHERE);
    assertThatThrownBy(() -> four.as(Strict.class))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("four");
  }

  /// What a program writes into a record is held to the same ranges.
  @Test
  void numbersOfAProgramAreInRangeToo() {
    var good = Settings.defaults(Ranged.class);
    assertThat(Settings.require(good)).isSameAs(good);
    assertThatThrownBy(() -> Settings.require(new Ranged(0, 0.5)))
        .isInstanceOf(SettingsException.class)
        .hasMessage("beam: expected a number from 1 to 16, got 0; set another");
    assertThatThrownBy(() -> Settings.require(new Ranged(1, Double.NaN)))
        .hasMessage("rate: expected a number from 0 to 1, got NaN; set another");
  }

  public record Ranged(
      @Setting(value = "5", min = 1, max = 16, about = "beam") int beam,
      @Setting(value = "0.5", min = 0, max = 1, about = "rate") double rate) {}

  @Test
  void keysTellAllThatThereIsToKnow() {
    var keys = Section.of(All.class).keys(Json.object());
    assertThat(keys)
        .extracting(Key::name)
        .startsWith("hidden_size", "seed", "dropout", "rate", "bidirectional");
    var size = keys.getFirst();
    assertThat(size.type()).isEqualTo(Key.Type.WHOLE);
    assertThat(size.value()).isEqualTo(Json.of(64));
    assertThat(size.min()).isEqualTo(1);
    assertThat(size.max()).isEqualTo(16384);
    assertThat(size.about()).isEqualTo("of a layer");
    assertThat(keys.get(5).choices()).containsExactly("rnn", "lstm", "gru");
  }
}
