package sequor.tasks.translate;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import sequor.settings.Settings;
import sequor.tasks.Columns;
import sequor.tasks.TaskException;
import sequor.tasks.TeacherSettings;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.text.Batch;
import sequor.text.Item;
import sequor.text.Vocabulary;

/// A translator from which another learns: how probable it finds each token that might come next
/// says more than the one that does.
///
/// ```
/// q = softmax(y / T)                                  y the teacher's logits, made softer
/// L = (1−w)·L_right + w·T²·1/N · Σ H(q, softmax(z / T))   N tokens, z the student's logits
/// ```
///
/// H is the cross-entropy. Both are told what is right up to each token. T² keeps the gradients of
/// both parts about as large as each other, whatever T is.
///
/// The teacher reads the source in its own way, with its own tokens and in its own order; what is
/// said has to be the same tokens. It never changes: nothing of it is dropped or recorded.
///
/// Source: Kim and Rush, *Sequence-level knowledge distillation* (2016), section 3.1.
///
/// @param model which says y
/// @param how with T and w
record Teacher(Translator model, TeacherSettings how) {
  /// The column of what the teacher reads (B,S).
  static final String SOURCE = "teacher_source";

  /// The one that the section `loss` names, if it names one.
  ///
  /// @throws TaskException if it is no translator
  static Optional<Teacher> of(Settings loss) {
    var settings = loss.as(TeacherSettings.class);
    return settings.teacher().isEmpty()
        ? Optional.empty()
        : Optional.of(new Teacher(Translator.load(Path.of(settings.teacher())), settings));
  }

  /// @param student what its student says
  /// @throws TaskException if these are other tokens than its own
  void requireSame(Vocabulary student) {
    var own = model.reader().target().vocabulary();
    if (!own.equals(student)) {
      var known = new HashSet<>(own.tokens());
      long others = student.tokens().stream().filter(token -> !known.contains(token)).count();
      throw new TaskException(
          ("teacher: expected one that says the student's %,d tokens, got one that says %,d, without"
                  + " %,d of these; train both on the same pairs, with the same keys in the section"
                  + " tokens (tokenizer, joint, lower_case, max_size, …)")
              .formatted(student.size(), own.size(), others));
    }
  }

  /// An item that it can say something of.
  ///
  /// @param source of its pair
  Item item(Item item, String source) {
    var reader = model.reader();
    int[] ids = reader.ids(reader.read(source).encoding());
    return item.ids(SOURCE, ids, reader.source().vocabulary().pad());
  }

  /// The loss of a student.
  ///
  /// @param ofRight its loss by what is right
  /// @param logits z (B,T,V)
  Tensor loss(Tensor ofRight, Tensor logits, Batch batch) {
    var said = Tape.inference(() -> said(batch)); // (B,T,V)
    int tokens = Arrays.stream(batch.ids(PairReader.NEXT).lengths()).sum();
    return how.loss(ofRight, logits, said, tokens);
  }

  /// q; 0 where a step is padding. // (B,T,V)
  private Tensor said(Batch batch) {
    var network = model.network();
    var spans = Columns.spans(batch, PairReader.TOLD);
    var sources = network.read(Columns.ids(batch, SOURCE), Columns.spans(batch, SOURCE));
    var hidden = sources.hidden(Columns.ids(batch, PairReader.TOLD), spans); // (B,T,H)
    var logits = network.head().forward(hidden); // (B,T,V)
    return logits.dividedBy(how.temperature()).softmax().times(spans.mask().unsqueeze(2));
  }
}
