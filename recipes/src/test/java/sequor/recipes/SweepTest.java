package sequor.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sequor.settings.SettingsException;

class SweepTest {
  @Test
  void allCombinationsComeTheLastKeyChangingFastest() {
    assertThat(Sweep.of(List.of("model.cell=lstm,gru", "model.layers=1,2")))
        .containsExactly(
            List.of("model.cell=lstm", "model.layers=1"),
            List.of("model.cell=lstm", "model.layers=2"),
            List.of("model.cell=gru", "model.layers=1"),
            List.of("model.cell=gru", "model.layers=2"));
    assertThat(Sweep.of(List.of("a=1"))).containsExactly(List.of("a=1"));
    assertThat(Sweep.of(List.of())).containsExactly(List.of());
  }

  @Test
  void bracketsAndQuotesHoldCommas() {
    assertThat(Sweep.of(List.of("data.fractions=[0.8, 0.1, 0.1],[0.6, 0.2, 0.2]")))
        .containsExactly(
            List.of("data.fractions=[0.8, 0.1, 0.1]"), List.of("data.fractions=[0.6, 0.2, 0.2]"));
    assertThat(Sweep.of(List.of("data.text='a, b',\"c, it's\",d")))
        .containsExactly(
            List.of("data.text='a, b'"), List.of("data.text=\"c, it's\""), List.of("data.text=d"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          model.cell  | --sweep: expected key=a,b, such as model.cell=lstm,gru, got 'model.cell'; write it so
          =1,2        | --sweep: expected key=a,b, such as model.cell=lstm,gru, got '=1,2'; write it so
          model.cell= | --sweep: expected key=a,b, such as model.cell=lstm,gru, got 'model.cell='; write it so
          """)
  void whatIsNoSweepIsRefused(String key, String message) {
    assertThatThrownBy(() -> Sweep.of(List.of(key)))
        .isInstanceOf(SettingsException.class)
        .hasMessage(message);
  }

  @Test
  void tooManyTrainingsAreRefusedBeforeTheyAreMade() {
    String many = "a=" + String.join(",", IntStream.range(0, 50).mapToObj(i -> "" + i).toList());

    assertThatThrownBy(() -> Sweep.of(List.of(many, many.replace('a', 'b'))))
        .isInstanceOf(SettingsException.class)
        .hasMessage("--sweep: expected at most 1,000 trainings, got 2,500; sweep fewer values");
    assertThatThrownBy(() -> Sweep.of(java.util.Collections.nCopies(40, many)))
        .isInstanceOf(SettingsException.class);
  }
}
