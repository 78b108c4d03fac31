package io.stepsampler.local;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.SearchPlan;
import io.stepsampler.method.AnalysisSettings;
import io.stepsampler.method.CurveAnalysis;
import io.stepsampler.method.CurveCsv;
import io.stepsampler.method.MeasuredCurve;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "analyze", description = "Reads the learning rate from a curve that was measured before.")
final class AnalyzeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "CURVE.csv", description = "columns learning_rate,loss[,seed][,step]")
    private Path file = Path.of("");

    @Option(names = "--momentum", paramLabel = "M", description = "the optimizer's momentum or beta1")
    private @Nullable Double momentum;

    @Option(names = "--steps", paramLabel = "N", description = "read the losses after N steps")
    private @Nullable Integer steps;

    @Mixin
    private FindingFiles files = new FindingFiles();

    @Override
    public Integer call() {
        AnalysisSettings settings = settings();
        files.check();
        Finding finding = CurveAnalysis.analyze(curve(), settings).finding(null, file.toString(), null, null, null);
        files.deliver(finding);
        return ExitCodes.of(finding);
    }

    private AnalysisSettings settings() {
        try {
            return new AnalysisSettings(
                    AnalysisSettings.DEFAULT.thresholdDecades(), momentum, steps, SearchPlan.Reading.RELATIVE);
        } catch (IllegalArgumentException e) {
            throw Complaint.refused("--" + e.getMessage());
        }
    }

    private MeasuredCurve curve() {
        CurveCsv.Result result = CurveCsv.read(TextOnDisk.read("CURVE.csv", file));
        if (result instanceof CurveCsv.Result.Refused refused) {
            throw Complaint.refused(file + ", line " + refused.line() + ": " + refused.text());
        }
        MeasuredCurve curve = ((CurveCsv.Result.Read) result).curve();
        if (!curve.ignoredColumns().isEmpty()) {
            System.err.println("ignored columns: " + String.join(", ", curve.ignoredColumns()));
        }
        return curve;
    }
}
