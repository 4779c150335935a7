package sequor.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class IdsTest {
  private final Ids ids = Ids.of(new int[] {5, 6, 7, 8, 9, 5}, 2, 3);

  @Test
  void idsHaveAShapeAndPlaces() {
    assertThat(ids.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(ids.get(1, 0)).isEqualTo(8);
    assertThat(ids.count(5)).isEqualTo(2);
    assertThat(ids.count(-1)).isZero();
    assertThat(Ids.of(new int[] {1, 2}).shape()).isEqualTo(Shape.of(2));
    assertThat(Ids.of(new int[] {1}, Shape.of()).get()).isEqualTo(1);
    assertThat(ids).hasToString("Ids(2,3)[5, 6, 7, 8, 9, 5]");
  }

  @Test
  void idsAreEqualByShapeAndValues() {
    var same = Ids.of(ids.toArray(), 2, 3);

    assertThat(same).isEqualTo(ids).hasSameHashCodeAs(ids);
    assertThat(ids.reshape(3, 2)).isNotEqualTo(ids);
    assertThat(ids.reshape(6).reshape(2, 3)).isEqualTo(ids);
    assertThat(Ids.of(new int[] {5, 6, 7, 8, 9, 6}, 2, 3)).isNotEqualTo(ids);
  }

  @Test
  void idsAreRearrangedAsTensorsAre() {
    assertThat(ids.slice(1, -2, 3)).isEqualTo(Ids.of(new int[] {6, 7, 9, 5}, 2, 2));
    assertThat(ids.select(1, -1)).isEqualTo(Ids.of(new int[] {7, 5}));
    assertThat(ids.flip(1)).isEqualTo(Ids.of(new int[] {7, 6, 5, 5, 9, 8}, 2, 3));
    assertThat(ids.flip(0)).isEqualTo(Ids.of(new int[] {8, 9, 5, 5, 6, 7}, 2, 3));
    assertThat(Ids.concat(1, List.of(ids, ids.slice(1, 0, 1))))
        .isEqualTo(Ids.of(new int[] {5, 6, 7, 5, 8, 9, 5, 8}, 2, 4));
    assertThat(Ids.concat(0, List.of(ids, ids)).shape()).isEqualTo(Shape.of(4, 3));
    assertThat(ids.unsqueeze(-1).squeeze(2)).isEqualTo(ids);
    assertThat(ids.reshape(3, -1).shape()).isEqualTo(Shape.of(3, 2));
    assertThat(Ids.arange(3)).isEqualTo(Ids.of(new int[] {0, 1, 2}));
    assertThat(Ids.arange(4, 6)).isEqualTo(Ids.of(new int[] {4, 5}));
    assertThat(Ids.arange(4, 2).shape()).isEqualTo(Shape.of(0));
  }

  @Test
  void idsBecomeNumbersAndBack() {
    assertThat(ids.toFloat().toIds()).isEqualTo(ids);
    assertThat(Ids.of(new int[] {1, 0}).oneHot(3).toArray()).containsExactly(0, 1, 0, 1, 0, 0);
  }

  @Test
  void idsNeverChange() {
    int[] values = {1, 2};
    var mine = Ids.of(values);
    values[0] = 9;
    mine.toArray()[1] = 9;

    assertThat(mine.toArray()).containsExactly(1, 2);
  }
}
