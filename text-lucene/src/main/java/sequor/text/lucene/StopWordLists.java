package sequor.text.lucene;

import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.bg.BulgarianAnalyzer;
import org.apache.lucene.analysis.bn.BengaliAnalyzer;
import org.apache.lucene.analysis.br.BrazilianAnalyzer;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.ckb.SoraniAnalyzer;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.et.EstonianAnalyzer;
import org.apache.lucene.analysis.eu.BasqueAnalyzer;
import org.apache.lucene.analysis.fa.PersianAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.ga.IrishAnalyzer;
import org.apache.lucene.analysis.gl.GalicianAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.hy.ArmenianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.lt.LithuanianAnalyzer;
import org.apache.lucene.analysis.lv.LatvianAnalyzer;
import org.apache.lucene.analysis.ne.NepaliAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.sr.SerbianAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.ta.TamilAnalyzer;
import org.apache.lucene.analysis.te.TeluguAnalyzer;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;
import sequor.text.TextException;

/// The stop words of Lucene's analyzers.
final class StopWordLists {
  private StopWordLists() {}

  static CharArraySet of(String language) {
    return switch (language) {
      case "arabic" -> ArabicAnalyzer.getDefaultStopSet();
      case "armenian" -> ArmenianAnalyzer.getDefaultStopSet();
      case "basque" -> BasqueAnalyzer.getDefaultStopSet();
      case "bengali" -> BengaliAnalyzer.getDefaultStopSet();
      case "brazilian" -> BrazilianAnalyzer.getDefaultStopSet();
      case "bulgarian" -> BulgarianAnalyzer.getDefaultStopSet();
      case "catalan" -> CatalanAnalyzer.getDefaultStopSet();
      case "czech" -> CzechAnalyzer.getDefaultStopSet();
      case "danish" -> DanishAnalyzer.getDefaultStopSet();
      case "dutch" -> DutchAnalyzer.getDefaultStopSet();
      case "english" -> EnglishAnalyzer.ENGLISH_STOP_WORDS_SET;
      case "estonian" -> EstonianAnalyzer.getDefaultStopSet();
      case "finnish" -> FinnishAnalyzer.getDefaultStopSet();
      case "french" -> FrenchAnalyzer.getDefaultStopSet();
      case "galician" -> GalicianAnalyzer.getDefaultStopSet();
      case "german" -> GermanAnalyzer.getDefaultStopSet();
      case "greek" -> GreekAnalyzer.getDefaultStopSet();
      case "hindi" -> HindiAnalyzer.getDefaultStopSet();
      case "hungarian" -> HungarianAnalyzer.getDefaultStopSet();
      case "indonesian" -> IndonesianAnalyzer.getDefaultStopSet();
      case "irish" -> IrishAnalyzer.getDefaultStopSet();
      case "italian" -> ItalianAnalyzer.getDefaultStopSet();
      case "latvian" -> LatvianAnalyzer.getDefaultStopSet();
      case "lithuanian" -> LithuanianAnalyzer.getDefaultStopSet();
      case "nepali" -> NepaliAnalyzer.getDefaultStopSet();
      case "norwegian" -> NorwegianAnalyzer.getDefaultStopSet();
      case "persian" -> PersianAnalyzer.getDefaultStopSet();
      case "portuguese" -> PortugueseAnalyzer.getDefaultStopSet();
      case "romanian" -> RomanianAnalyzer.getDefaultStopSet();
      case "russian" -> RussianAnalyzer.getDefaultStopSet();
      case "serbian" -> SerbianAnalyzer.getDefaultStopSet();
      case "sorani" -> SoraniAnalyzer.getDefaultStopSet();
      case "spanish" -> SpanishAnalyzer.getDefaultStopSet();
      case "swedish" -> SwedishAnalyzer.getDefaultStopSet();
      case "tamil" -> TamilAnalyzer.getDefaultStopSet();
      case "telugu" -> TeluguAnalyzer.getDefaultStopSet();
      case "turkish" -> TurkishAnalyzer.getDefaultStopSet();
      default ->
          throw new TextException(
              "stop_words_language: expected a language that Lucene has words of, got \"%s\"; take"
                      .formatted(language)
                  + " one that sequor recipe show lists");
    };
  }
}
