package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.SearchState;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** The findings of a series as table, picture and lines to paste. */
class SeriesTest {

    private static final UUID ID = new UUID(1, 2);

    private static final List<SeriesFinding> FALLING = List.of(
            found(0, SearchState.FOUND, 1.23456e-3, new Finding.Window(1e-4, 1e-2)),
            found(1000, SearchState.BUDGET_SPENT, 2e-4, new Finding.Window(4e-5, 1e-3)),
            found(5000, SearchState.UNRELIABLE, null, null),
            found(20000, SearchState.FOUND, 5e-5, new Finding.Window(1e-5, 2e-4)));

    @Test
    void theTableHasARowForEachCheckpoint() {
        assertThat(ScheduleCsv.write(FALLING)).isEqualTo("""
                step,learning_rate,window_min,window_max,state,search_id
                0,0.00123456,1.0E-4,0.01,FOUND,%1$s
                1000,2.0E-4,4.0E-5,0.001,BUDGET_SPENT,%1$s
                5000,,,,UNRELIABLE,%1$s
                20000,5.0E-5,1.0E-5,2.0E-4,FOUND,%1$s
                """.formatted(ID));
    }

    @Test
    void theLinesLeaveOutWhatWasNotRecommended() {
        assertThat(SeriesLines.of("run 7", FALLING))
                .contains("the checkpoints of the series run 7; between")
                .contains("STEPS = [0, 1000, 20000]\n", "RATES = [0.00123, 2e-4, 5e-5]\n")
                .contains("LambdaLR(optimizer, lambda step: rate(step) / RATES[0])");
        assertThat(SeriesLines.of("run 7", FALLING.subList(2, 3)))
                .isEqualTo("# No finding of the series recommends a learning rate, so that there are no lines for"
                        + " one.\n");
    }

    @Test
    void thePictureShowsRatesAndWindowsOverTheSteps() throws Exception {
        Document svg = parsed(ScheduleSvg.draw("run 7", FALLING));

        assertThat(svg.getDocumentElement().getTextContent())
                .contains("run 7", "1.23e-3 at step 0, 5e-5 at step 20000; 3 checkpoints", "training step")
                .contains("10\u22125", "10\u22122", "15000", "\u00d7 no rate");
        assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(3);
        assertThat(svg.getElementsByTagName("polygon").getLength()).isEqualTo(1);
        assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(1);
    }

    @Test
    void aLowerRateLiesLowerAndALaterStepFurtherRight() {
        ScheduleScale scale = ScheduleScale.of(FALLING);

        assertThat(scale.up(1e-3)).isGreaterThan(scale.up(1e-4)).isLessThan(1);
        assertThat(scale.up(1e-5)).isGreaterThan(0);
        assertThat(scale.across(0)).isBetween(0.0, scale.across(1000));
        assertThat(scale.across(20000)).isLessThan(1);
    }

    @Test
    void aSeriesWithoutARateOrWithOneStepHasAPictureToo() throws Exception {
        assertThat(parsed(ScheduleSvg.draw("none", FALLING.subList(2, 3)))
                        .getDocumentElement()
                        .getTextContent())
                .contains("no rate is recommended yet", "5000");
        assertThat(parsed(ScheduleSvg.draw("one", FALLING.subList(0, 1)))
                        .getDocumentElement()
                        .getTextContent())
                .contains("1.23e-3 at step 0");
        assertThat(parsed(ScheduleSvg.draw("empty", List.of()))
                        .getElementsByTagName("circle")
                        .getLength())
                .isZero();
    }

    @Test
    void aLongSeriesIsDrawnAsLineAndBand() throws Exception {
        List<SeriesFinding> many = new ArrayList<>();
        for (int step = 0; step < 1000; step++) {
            many.add(found(step, SearchState.FOUND, 1e-3, new Finding.Window(1e-4, 1e-2)));
        }

        Document svg = parsed(ScheduleSvg.draw("long", many));

        assertThat(svg.getElementsByTagName("circle").getLength()).isZero();
        assertThat(svg.getElementsByTagName("polygon").getLength()).isEqualTo(999);
    }

    private static SeriesFinding found(
            long step, SearchState state, @Nullable Double rate, Finding.@Nullable Window window) {
        return new SeriesFinding(
                step,
                new Finding(
                        ID, null, state, 0.7, window, rate, null, null, List.of(), List.of(), null, List.of(),
                        List.of(), null, null, null, null, null));
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
