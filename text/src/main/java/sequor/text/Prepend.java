package sequor.text;

import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.settings.Setting;
import sequor.settings.Settings;

/// Puts something before a text that is not empty.
///
/// @param prepended what
public record Prepend(@Setting(value = " ", about = "what is put before a text") String prepended)
    implements Transform {
  public Prepend() {
    this(" ");
  }

  @Override
  public String name() {
    return "prepend";
  }

  @Override
  public String about() {
    return "something before every text";
  }

  @Override
  public Class<? extends Record> settings() {
    return Prepend.class;
  }

  @Override
  public Transform with(Settings settings) {
    return settings.as(Prepend.class);
  }

  @Override
  public JsonObject saved() {
    return Json.object().with("prepended", prepended);
  }

  @Override
  public MappedText apply(MappedText mapped) {
    int length = mapped.text().length();
    return length == 0
        ? mapped
        : new MappedText.Builder(mapped).put(prepended, 0, 0).copy(0, length).text();
  }
}
