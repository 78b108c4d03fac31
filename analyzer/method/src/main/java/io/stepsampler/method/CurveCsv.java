package io.stepsampler.method;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Finding.Point;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Curves as text: columns {@code learning_rate,loss[,seed][,step]} by name, in any order.
 *
 * <p>A loss that is empty, {@code nan}, {@code inf} or {@code diverged} is a diverged trial's; the row at rate 0 is the
 * baseline. A search's own curve has the columns {@code round} and {@code purpose} besides, and {@code failed} for the
 * loss of a trial that failed.
 */
public final class CurveCsv {

    private static final String HEADER = "learning_rate,loss,seed,step,round,purpose\n";

    private CurveCsv() {}

    /** A curve, or the reason why the text holds none. */
    public sealed interface Result {

        /** @param curve what the rows say, for {@link CurveAnalysis} */
        record Read(MeasuredCurve curve) implements Result {}

        /** @param line where, counted from 1 */
        record Refused(int line, String text) implements Result {}
    }

    public static Result read(String text) {
        try {
            return read(new StringReader(text));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    public static Result read(Reader reader) throws IOException {
        return CurveRows.read(reader);
    }

    /** The points, the baseline first. Analysed again, they give the finding again. */
    public static String write(Finding finding) {
        return HEADER + finding.points().stream().map(CurveCsv::line).collect(Collectors.joining());
    }

    private static String line(Point point) {
        Double loss = point.loss();
        String cell = loss == null ? point.outcome().name().toLowerCase(Locale.ROOT) : loss.toString();
        Finding.Purpose purpose = point.purpose();
        return point.learningRate() + "," + cell + "," + point.seed() + "," + point.steps() + "," + point.round() + ","
                + (purpose == null ? "" : purpose.name().toLowerCase(Locale.ROOT)) + "\n";
    }
}
