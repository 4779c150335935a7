package sequor.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;

/// What there is to know about one component of a record of settings.
///
/// Its key is the component's name in small letters: `hiddenSize` is `hidden_size`. Its type is the
/// component's: `int`, `long`, `float`, `double`, `boolean`, [String], an enum (whose constants are
/// written in small letters), or a [List] of [Integer], [Double] or [String].
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
  /// The default, written as in YAML: `64`, `gru`, `true`, `[0.8, 0.1, 0.1]`.
  String value();

  /// What it is, for the commented file and the help, in a few words.
  String about();

  /// The least that a number, or each of a list, may be.
  double min() default -Double.MAX_VALUE;

  /// The most that a number, or each of a list, may be.
  double max() default Double.MAX_VALUE;

  /// The texts that it, or each of a list, may be; none for any.
  String[] of() default {};

  /// The value of models that were saved before there was such a key, where that is not the
  /// default.
  String before() default "";
}
