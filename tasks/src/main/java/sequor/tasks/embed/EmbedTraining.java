package sequor.tasks.embed;

import sequor.settings.Setting;

/// How word vectors learn: the section `training`, beside the keys that every task has.
///
/// @param epochs how often the text is read
/// @param learningRate at the beginning, from where it falls to nearly 0 in a straight line; that
///   of AdaGrad for GloVe, which stays
/// @param watch the metric that tells the best epoch
/// @param seed another one, another training
public record EmbedTraining(
    @Setting(value = "5", min = 1, max = 1 << 20, about = "how often the text is read") int epochs,
    @Setting(
            value = "0.025",
            min = 1e-6,
            max = 10,
            about = "at the beginning; it falls to nearly 0 (of glove, which takes 0.05, it stays)")
        float learningRate,
    @Setting(value = "", about = "the metric that tells the best epoch") String watch,
    @Setting(value = "1", min = 0, max = Integer.MAX_VALUE, about = "another one, another training")
        int seed) {}
