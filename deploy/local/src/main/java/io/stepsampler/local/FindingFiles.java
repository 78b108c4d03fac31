package io.stepsampler.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.stepsampler.local.report.SummaryText;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.method.CurveSvg;
import io.stepsampler.method.CurveText;
import io.stepsampler.method.ScheduleLines;
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

    @Option(names = "--lines", paramLabel = "F", description = "write the rate as lines for PyTorch, Hugging Face, DJL")
    private @Nullable Path lines;

    FindingFiles() {}

    FindingFiles(Path json, Path svg) {
        this.json = json;
        this.svg = svg;
    }

    /** Refuses files that cannot be written, before anything is done for them. */
    void check() {
        requireWritable("--json", json);
        requireWritable("--svg", svg);
        requireWritable("--lines", lines);
    }

    /** The files come last, so that one that cannot be written does not keep the answer from the user. */
    void deliver(Finding finding) {
        boolean hasCurve = finding.points().stream().anyMatch(point -> point.learningRate() > 0);
        if (hasCurve) {
            System.err.println(CurveText.draw(finding, COLUMNS, ROWS) + CurveText.LEGEND + System.lineSeparator());
        }
        System.err.flush();
        System.out.print(SummaryText.of(finding));
        System.out.flush();
        if (json != null) {
            write("--json", json, text(finding));
        }
        if (svg != null && hasCurve) {
            write("--svg", svg, CurveSvg.draw(finding));
        }
        if (lines != null) {
            write("--lines", lines, ScheduleLines.of(finding));
        }
    }

    static void requireWritable(String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        Path present = file.toAbsolutePath().normalize();
        while (!Files.exists(present) && present.getParent() != null) {
            present = present.getParent();
        }
        boolean isTheFileItself = present.equals(file.toAbsolutePath().normalize());
        if (Files.isDirectory(present) == isTheFileItself || !Files.isWritable(present)) {
            throw Complaint.refused(option + " is " + file + "; must be a file that can be written");
        }
    }

    private static String text(Finding finding) {
        try {
            return JSON.writeValueAsString(finding) + System.lineSeparator();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a finding cannot be written as JSON", e);
        }
    }

    static void write(String option, Path file, String text) {
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.writeString(file, text);
        } catch (IOException e) {
            throw Complaint.failed(option + " is " + file + "; it cannot be written: " + Reason.of(e));
        }
    }
}
