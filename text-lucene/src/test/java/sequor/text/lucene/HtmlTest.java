package sequor.text.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jsoup.Jsoup;
import org.jsoup.nodes.TextNode;
import org.junit.jupiter.api.Test;
import sequor.text.MappedText;
import sequor.text.Words;

/// The text of HTML.
class HtmlTest {
  private static String text(String html) {
    return new Html().apply(MappedText.of(html)).text();
  }

  @Test
  void aTagIsASpace() {
    assertThat(text("<p>caf&eacute;<br>noir</p>")).isEqualTo(" café noir ");
    assertThat(text("good<br /><br />film")).isEqualTo("good  film");
    assertThat(text("a<b title='x>y' data-z=\"<i>\">b</b>c")).isEqualTo("a b c");
    assertThat(text("no markup")).isEqualTo("no markup");
  }

  @Test
  void whatIsNoTagStays() {
    assertThat(text("1 < 2 <3 a<>b")).isEqualTo("1 < 2 <3 a<>b");
    assertThat(text("x < y &amp; y > z")).isEqualTo("x < y & y > z");
    assertThat(text("cut <b")).isEqualTo("cut  ");
    assertThat(text("<")).isEqualTo("<");
  }

  @Test
  void commentsAndScriptsAreNoText() {
    assertThat(text("a<!-- <b>x</b> -->b<!---->c<!>d<?php e ?>f")).isEqualTo("a b c d f");
    assertThat(text("a<script>if (x < 3) '</b>'</script>b<STYLE>p{}</style >c")).isEqualTo("a b c");
    assertThat(text("a<scripted>b")).isEqualTo("a b");
  }

  @Test
  void entitiesAreWhatTheyStandFor() {
    assertThat(text("&lt;b&gt; &#233; &#xE9; &nbsp;| &hellip; &CounterClockwiseContourIntegral;"))
        .isEqualTo("<b> é é \u00A0| … ∳");
    assertThat(text("AT&T &bogus; & &; &#; R&D &ampx")).isEqualTo("AT&T &bogus; & &; &#; R&D &x");
    assertThat(text("&#x1F600;")).isEqualTo("😀");
  }

  @Test
  void everythingIsFoundAgain() {
    var mapped = new Html().apply(MappedText.of("<p>caf&eacute;<br>noir"));
    assertThat(List.of(mapped.start(1), mapped.start(4), mapped.end(4), mapped.start(6)))
        .containsExactly(3, 6, 14, 18);
    assertThat(List.of(mapped.start(5), mapped.end(5))).containsExactly(14, 18);
  }

  /// Our words are those that jsoup's parser finds in the same page.
  @Test
  void theWordsAreThoseOfJsoup() {
    var parts =
        List.of(
            "word",
            " ",
            "<p>",
            "</p>",
            "<br>",
            "<b class='a b'>",
            "</b>",
            "&amp;",
            "&eacute;",
            "&#65;",
            "<!-- c -->",
            "<script>x<y</script>",
            "<div id=\"q\">",
            "</div>",
            "naïve",
            "한국",
            "<span>",
            "</span>",
            "<a href=x>",
            "</a>",
            "&notit;",
            "<h1>",
            "</h1>",
            "1<2 ");
    for (int seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      var html = new StringBuilder("<body>");
      for (int i = 0; i < 20; i++) {
        html.append(parts.get(random.nextInt(parts.size())));
      }
      var expected = new ArrayList<String>();
      Jsoup.parse(html.toString())
          .body()
          .nodeStream(TextNode.class)
          .forEach(node -> expected.addAll(new Words().tokens(node.getWholeText())));
      assertThat(new Words().tokens(text(html.toString()))).as(html.toString()).isEqualTo(expected);
    }
  }

  @Test
  void hostileHtmlEndsSoon() {
    for (var part : List.of("<", "<!--", "<a ", "&", "<script>", "</", "<a b='", "&#", "<!")) {
      assertThat(text(part.repeat(20_000))).isNotNull();
    }
  }
}
