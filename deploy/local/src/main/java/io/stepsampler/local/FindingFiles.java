package io.stepsampler.local;

import com.fasterxml.jackson.databind.ObjectWriter;
import io.stepsampler.local.report.SummaryText;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.method.CurveSvg;
import io.stepsampler.method.CurveText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a finding goes: the curve to standard error, the summary to standard output, and the files asked for. */
final class FindingFiles {

    private static final int COLUMNS = 100;
    private static final int ROWS = 24;
    private static final ObjectWriter JSON = MessageJson.mapper().writerWithDefaultPrettyPrinter();

    @Option(names = "--json", paramLabel = "F", description = "write the finding as JSON")
    private @Nullable Path json;

    @Option(names = "--svg", paramLabel = "F", description = "draw the curve as SVG")
    private @Nullable Path svg;

    FindingFiles() {}

    FindingFiles(Path json, Path svg) {
        this.json = json;
        this.svg = svg;
    }

    void deliver(Finding finding) throws IOException {
        if (json != null) {
            write(json, JSON.writeValueAsString(finding) + System.lineSeparator());
        }
        boolean hasCurve = finding.points().stream().anyMatch(point -> point.learningRate() > 0);
        if (svg != null && hasCurve) {
            write(svg, CurveSvg.draw(finding));
        }
        if (hasCurve) {
            System.err.println(CurveText.draw(finding, COLUMNS, ROWS));
        }
        System.err.flush();
        System.out.print(SummaryText.of(finding));
        System.out.flush();
    }

    private static void write(Path file, String text) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(file, text);
    }
}
