package sequor.kernels.vector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sequor.kernels.vector.simd.Lanes;

/// The same input gives the same bits whatever the JIT has done so far: interpreted, compiled by
/// either compiler, or half way between.
class SameBitsTest {
  @Test
  void coldAndWarm() throws IOException, InterruptedException {
    long cold = new Checksum().run();
    long warm = cold;
    for (int round = 0; round < 400; round++) {
      warm = new Checksum().run();
      assertThat(warm).as("round %d", round).isEqualTo(cold);
    }
    String expected = "checksum " + warm;
    assertThat(child("-Xint")).contains(expected);
    assertThat(child("-XX:TieredStopAtLevel=1")).contains(expected);
    assertThat(child("-Xcomp", "-XX:-TieredCompilation", "-XX:CompileOnly=sequor.*::*"))
        .contains(expected);
  }

  private static String child(String... flags) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.add("--add-modules=jdk.incubator.vector");
    command.add("-D" + Lanes.PROPERTY + "=" + Lanes.S.vectorBitSize());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Checksum.class.getName());
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
