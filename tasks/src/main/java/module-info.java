import org.jspecify.annotations.NullMarked;

/** What a model can be trained for, one package a task. */
@NullMarked
module sequor.tasks {
  requires static org.jspecify;
  requires transitive sequor.data;
  requires transitive sequor.models;
  requires transitive sequor.store;
  requires transitive sequor.train;
  requires transitive sequor.vectors;

  exports sequor.tasks;
  exports sequor.tasks.classify;
  exports sequor.tasks.embed;
  exports sequor.tasks.forecast;
  exports sequor.tasks.language;
  exports sequor.tasks.multilabel;
  exports sequor.tasks.pretrain;
  exports sequor.tasks.regress;
  exports sequor.tasks.tag;
  exports sequor.tasks.translate;

  uses sequor.tasks.Task;
  uses sequor.tasks.classify.ClassifierFloor;
  uses sequor.tasks.classify.LabelMetric;

  provides sequor.tasks.Task with
      sequor.tasks.classify.ClassifyTask,
      sequor.tasks.embed.EmbedTask,
      sequor.tasks.forecast.ForecastTask,
      sequor.tasks.language.LanguageTask,
      sequor.tasks.multilabel.MultiLabelTask,
      sequor.tasks.pretrain.PretrainTask,
      sequor.tasks.regress.RegressTask,
      sequor.tasks.tag.TagTask,
      sequor.tasks.translate.TranslateTask;
  provides sequor.tasks.classify.ClassifierFloor with
      sequor.tasks.classify.NaiveBayesFloor,
      sequor.tasks.classify.StrongFloor;
}
