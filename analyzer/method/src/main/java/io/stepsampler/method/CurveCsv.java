package io.stepsampler.method;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Finding.Point;
import io.stepsampler.messages.Finding.Status;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;

/**
 * Curves as text: columns {@code learning_rate,loss[,seed][,step]} by name, in any order.
 *
 * <p>A loss that is empty, {@code nan}, {@code inf} or {@code diverged} is a diverged trial's; the row at rate 0 is the
 * baseline. A column {@code confirmation} names the trials that are no part of the curve, with {@code true}.
 */
public final class CurveCsv {

    private static final String HEADER = "learning_rate,loss,seed,step,confirmation\n";

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

    /** The measured and diverged points, the baseline first. Reading it back gives the same curve. */
    public static String write(Finding finding) {
        return HEADER
                + finding.points().stream()
                        .filter(point -> point.outcome() != Status.FAILED)
                        .map(CurveCsv::line)
                        .collect(Collectors.joining());
    }

    private static String line(Point point) {
        String loss = point.loss() == null ? "diverged" : point.loss().toString();
        return point.learningRate() + "," + loss + "," + point.seed() + "," + point.steps() + ","
                + (point.confirmation() == null ? "" : "true") + "\n";
    }
}
