package sequor.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What the poms of published modules must say, to Maven Central and to those who depend on them.
class PublishedTest {
  private static final Pom ROOT = Pom.ROOT;

  @Test
  void theBomHoldsEveryPublishedModuleAndNothingElse() {
    var bom = Pom.of("bom");

    assertThat(bom.texts("dependencyManagement/dependencies/dependency/artifactId"))
        .as("modules in bom/pom.xml; those that are not published stand in the root's pom")
        .containsExactlyInAnyOrderElementsOf(
            Pom.published().stream().filter(Pom::isJar).map(Pom::artifact).toList());
    assertThat(bom.texts("dependencyManagement/dependencies/dependency/groupId"))
        .containsOnly("dev.sequor");
  }

  @Test
  void theBomInheritsNoVersions() {
    assertThat(ROOT.texts("dependencyManagement")).isEmpty();
  }

  @Test
  void onlyModulesAreExcluded() {
    assertThat(Pom.modules()).extracting(Pom::artifact).containsAll(Pom.notPublished());
  }

  @Test
  void theRootSaysWhatMavenCentralAsksFor() {
    var asked =
        List.of(
            "name",
            "description",
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "developers/developer/organization",
            "scm/connection",
            "scm/url",
            "properties/project.build.outputTimestamp");
    assertThat(asked).allSatisfy(path -> assertThat(ROOT.text(path)).as(path).isNotBlank());
  }

  @Test
  void everyModuleHasAnArtifactANameAndASentence() {
    assertThat(Pom.modules())
        .allSatisfy(
            pom -> {
              assertThat(pom.text("parent/artifactId")).isEqualTo("sequor");
              assertThat(pom.artifact()).isEqualTo("sequor-" + pom.module());
              assertThat(pom.text("name")).isEqualTo("Sequor " + pom.module());
              assertThat(pom.text("description")).as(pom.module()).endsWith(".");
            });
  }

  @Test
  void noPublishedModuleNeedsOneThatIsNot() {
    assertThat(Pom.published())
        .allSatisfy(
            pom ->
                assertThat(pom.texts("dependencies/dependency[not(scope='test')]/artifactId"))
                    .as("dependencies of " + pom.module())
                    .doesNotContainAnyElementsOf(Pom.notPublished()));
  }
}
