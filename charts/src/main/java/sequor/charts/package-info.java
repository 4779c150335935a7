/// Data to SVG, and nothing else: no font is asked, no file is written, and the same data give the
/// same picture on every machine.
///
/// ```java
/// var losses = Curves.Panel.of("loss (nats)").and("train", train).and("valid", valid);
/// String svg = Curves.of("names", "epoch").and(losses).mark(best, "kept").svg();
/// ```
///
/// Open first: [sequor.charts.Curves], [sequor.charts.ConfusionPicture].
@NullMarked
package sequor.charts;

import org.jspecify.annotations.NullMarked;
