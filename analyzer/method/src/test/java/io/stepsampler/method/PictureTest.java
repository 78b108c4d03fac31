package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Outcome;
import java.io.StringReader;
import java.util.List;
import java.util.function.DoubleFunction;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PictureTest {

    @Test
    void thePictureShowsWindowSelectionsAndBaseline() throws Exception {
        Finding finding = finding("ants or bees", Landscape.EXPLODING);
        Document svg = parsed(CurveSvg.draw(finding));

        assertThat(svg.getDocumentElement().getTextContent())
                .contains("ants or bees", "baseline 0.7", "window", "learning rate", "loss after 20 steps")
                .contains("half-loss 9.8", "steepest", "log-midpoint")
                .contains("recommended 1.", "\u00d7 diverged", "1e22");
    }

    @Test
    void anExplosionDoesNotChangeTheScale() {
        PictureScale calm = PictureScale.of(
                finding("", rate -> rate >= 0.1 ? Landscape.measured(0.8) : Landscape.TYPICAL.apply(rate)));
        PictureScale wild = PictureScale.of(
                finding("", rate -> rate >= 0.1 ? Landscape.measured(1e22) : Landscape.TYPICAL.apply(rate)));

        assertThat(wild).isEqualTo(calm);
        assertThat(calm.shows(0.8)).isFalse();
        assertThat(calm.shows(0.7)).isTrue();
    }

    @Test
    void aNameCannotBreakThePicture() throws Exception {
        String name = "<script>&\"'\u0000</script>";

        assertThat(parsed(CurveSvg.draw(finding(name, Landscape.TYPICAL)))
                        .getElementsByTagName("script")
                        .getLength())
                .isZero();
    }

    @Test
    void findingsWithoutAnAnswerHaveAPictureToo() throws Exception {
        assertThat(parsed(CurveSvg.draw(finding("", rate -> Landscape.diverged())))
                        .getDocumentElement()
                        .getTextContent())
                .contains("failed: ");
        assertThat(parsed(CurveSvg.draw(finding("", rate -> Landscape.measured(0.7))))
                        .getDocumentElement()
                        .getTextContent())
                .contains("no reliable answer");
        assertThat(parsed(CurveSvg.draw(StepSampling.decide(Simulation.settings(Simulation.PLAN), List.of())
                                .answer()
                                .finding(null, null, null, null, null)))
                        .getDocumentElement()
                        .getTextContent())
                .contains("0 trials so far");
    }

    @Test
    void theTerminalShowsTheCurveWithinItsSize() {
        String drawing = CurveText.draw(finding("", Landscape.EXPLODING), 80, 20);

        assertThat(drawing.lines()).hasSize(20).allMatch(line -> line.length() <= 80);
        assertThat(drawing).contains("\u2022", "\u2591", "\u2503", "\u2504", "\u25b2", "1e-7", "1e-1");
        assertThat(drawing.lines().findFirst().orElseThrow()).contains("\u00d7");
    }

    @Test
    void theTerminalsLegendHasEverySignOfTheCurve() {
        String drawing = CurveText.draw(finding("", Landscape.EXPLODING), 80, 20);
        String axes = "\u2502\u2514\u2500\u252c";

        assertThat(drawing.chars().filter(sign -> sign > 127 || sign == '?').filter(sign -> axes.indexOf(sign) < 0))
                .isNotEmpty()
                .allMatch(sign -> CurveText.LEGEND.indexOf(sign) >= 0);
        assertThat(CurveText.LEGEND.length()).isLessThanOrEqualTo(100);
    }

    @Test
    void aTinyTerminalIsNoError() {
        assertThat(CurveText.draw(finding("", Landscape.TYPICAL), 0, 0)).isNotBlank();
    }

    private static Finding finding(String name, DoubleFunction<Outcome> training) {
        return Simulation.run(training).answer().finding(null, name, null, null, null);
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
