package sequor.recipes;

import java.util.ArrayList;
import java.util.List;
import sequor.settings.SettingsException;

/// All combinations of some values of some keys.
public final class Sweep {
  private static final int MOST = 1000;

  private Sweep() {}

  /// The overrides of each training: of `model.cell=lstm,gru` and `model.layers=1,2` there are
  /// four.
  ///
  /// @param keys each `key=a,b,…`; a value in brackets or quotes may hold commas
  /// @throws SettingsException if one is not of that form, or there are too many
  public static List<List<String>> of(List<String> keys) {
    List<List<String>> all = List.of(List.of());
    for (var key : keys) {
      int equals = key.indexOf('=');
      if (equals < 1 || equals == key.length() - 1) {
        throw new SettingsException(
            "--sweep: expected key=a,b, such as model.cell=lstm,gru, got '%s'; write it so"
                .formatted(key));
      }
      var values = values(key.substring(equals + 1));
      long count = (long) all.size() * values.size();
      if (count > MOST) {
        throw new SettingsException(
            "--sweep: expected at most %,d trainings, got %,d; sweep fewer values"
                .formatted(MOST, count));
      }
      var more = new ArrayList<List<String>>();
      for (var before : all) {
        for (var value : values) {
          var each = new ArrayList<>(before);
          each.add(key.substring(0, equals + 1) + value);
          more.add(List.copyOf(each));
        }
      }
      all = more;
    }
    return all;
  }

  private static List<String> values(String list) {
    var values = new ArrayList<String>();
    int depth = 0;
    char quote = 0; // the one that is open
    int start = 0;
    for (int i = 0; i < list.length(); i++) {
      char c = list.charAt(i);
      if (quote != 0 || c == '\'' || c == '"') {
        quote = quote == 0 ? c : quote == c ? 0 : quote;
      } else if (c == ',' && depth == 0) {
        values.add(list.substring(start, i));
        start = i + 1;
      } else {
        depth += c == '[' ? 1 : c == ']' ? -1 : 0;
      }
    }
    values.add(list.substring(start));
    return values;
  }
}
