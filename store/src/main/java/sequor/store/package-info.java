/// Models on disk: names, shapes, bytes.
///
/// ```java
/// var model = new ModelDirectory(Path.of("runs/names/model"));
/// model.config().write(Json.object().with("cell", "lstm").with("hidden_size", 64));
/// model.writeWeights(lstm.parameters());
///
/// model.loadWeights(other.parameters()); // strict: every name and every shape must fit
/// ```
///
/// Weights are safetensors files, so what PyTorch has saved loads here and the other way round;
/// where published names are others than a model's, a [sequor.store.NameMap] says which is which.
/// Nothing that is read is trusted: sizes, offsets, names and depth are checked before a byte is
/// allocated. Whatever is written appears whole or not at all.
///
/// Open first: [sequor.store.Safetensors], [sequor.store.ModelDirectory],
/// [sequor.store.RunDirectory].
@NullMarked
package sequor.store;

import org.jspecify.annotations.NullMarked;
