package sequor.tasks.tag;

import java.util.List;

/// A simple method that has learned to tag, beside which every report shows the model. Several
/// threads may ask it.
public interface TagFloor {
  /// What was done, in a reader's words.
  String method();

  /// The tag of each token of a sentence.
  List<String> tag(List<String> tokens);

  /// The share of tokens whose tag is right, from 0 to 1; 0 where there are none.
  default double accuracy(List<TaggedSentence> sentences) {
    long right = 0;
    long all = 0;
    for (var sentence : sentences) {
      var said = tag(sentence.tokens());
      for (int i = 0; i < said.size(); i++) {
        right += said.get(i).equals(sentence.tags().get(i)) ? 1 : 0;
      }
      all += said.size();
    }
    return all == 0 ? 0 : (double) right / all;
  }
}
