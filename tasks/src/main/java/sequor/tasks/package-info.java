/// What a model can be trained for: the contracts, and beside them one package a task.
///
/// ```java
/// Task task = Task.all().get("classify");
/// Settings settings = task.schema().complete(written, places);
/// Job job = task.prepare(settings, rows, new Seed(1));        // what learns, and its floor
/// Learning.of(settings).trainer(job).run(10);
/// job.test();                                                  // how good it is
/// job.predictor().save(new ModelDirectory(path));
/// Predictor<?, ?> predictor = Models.load(path);               // shared by threads
/// ```
///
/// A task of your own is one package: a [sequor.tasks.Task], its [sequor.tasks.Job] and its
/// [sequor.tasks.Predictor], and a line `provides sequor.tasks.Task with …`. Tasks do not see each
/// other; what two share stands here, in `models` or in `text`.
///
/// Open first: [sequor.tasks.Task], [sequor.tasks.Job], [sequor.tasks.Predictor].
@NullMarked
package sequor.tasks;

import org.jspecify.annotations.NullMarked;
