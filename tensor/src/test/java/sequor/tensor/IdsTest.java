package sequor.tensor;

import static org.assertj.core.api.Assertions.assertThat;

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
  void idsNeverChange() {
    int[] values = {1, 2};
    var mine = Ids.of(values);
    values[0] = 9;
    mine.toArray()[1] = 9;

    assertThat(mine.toArray()).containsExactly(1, 2);
  }
}
