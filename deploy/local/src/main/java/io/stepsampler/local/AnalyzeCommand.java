package io.stepsampler.local;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.SearchPlan;
import io.stepsampler.method.AnalysisSettings;
import io.stepsampler.method.CurveAnalysis;
import io.stepsampler.method.CurveCsv;
import io.stepsampler.method.MeasuredCurve;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "analyze",
        description = "Reads the learning rate from a curve that was measured before, or again from a stored search.")
final class AnalyzeCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "CURVE.csv|ID",
            description = "columns learning_rate,loss[,seed][,step]; or a search, as `list` shows it, of which the"
                    + " first characters will do")
    private String curveOrSearch = "";

    @Option(names = "--momentum", paramLabel = "M", description = "the optimizer's momentum or beta1, of a curve")
    private @Nullable Double momentum;

    @Option(names = "--steps", paramLabel = "N", description = "read the losses after N steps, of a curve")
    private @Nullable Integer steps;

    @Option(
            names = "--reading",
            paramLabel = "READING",
            description = "relative, or paper: finite differences of the raw loss")
    private @Nullable String reading;

    @Option(names = "--threshold", paramLabel = "D", description = "how near each point must be bracketed, in decades")
    private @Nullable Double threshold;

    @Option(
            names = "--method",
            paramLabel = "NAME",
            description =
                    "recommend the rate of log-midpoint, half-loss, steepest, minimum, minimum-tenth, valley or slide")
    private @Nullable String method;

    @Mixin
    private ServerChoice server = new ServerChoice();

    @Mixin
    private FindingFiles files = new FindingFiles();

    @Override
    public Integer call() throws IOException, InterruptedException {
        AnalysisSettings settings = settings();
        files.check();
        Optional<NamedSearch> search = search();
        Finding finding = search.isPresent()
                ? read(search.get())
                : CurveAnalysis.analyze(curve(), settings).finding(null, curveOrSearch, null, null, null);
        files.deliver(finding);
        return ExitCodes.of(finding);
    }

    /** A file of that name is meant first. */
    private Optional<NamedSearch> search() {
        if (!NamedSearch.isNamedBy(curveOrSearch) || Files.exists(Path.of(curveOrSearch))) {
            return Optional.empty();
        }
        NamedSearch search = new NamedSearch(curveOrSearch);
        if (momentum != null || steps != null) {
            throw of(
                    search,
                    Complaint.refused((momentum != null ? "--momentum" : "--steps")
                            + " is for a curve; a stored search has its own"));
        }
        return Optional.of(search);
    }

    private Finding read(NamedSearch search) throws IOException, InterruptedException {
        CoordinatorClient client;
        UUID searchId;
        try {
            client = server.required();
            searchId = search.on(client);
        } catch (Complaint noSearch) {
            throw of(search, noSearch);
        }
        return client.analyze(searchId, query());
    }

    /** Names of files can look like the beginning of an id. */
    private static Complaint of(NamedSearch search, Complaint complaint) {
        return search.isWhole()
                ? complaint
                : complaint.after("there is no file " + search.text() + "; taken for the ID of a search: ");
    }

    private AnalysisSettings settings() {
        SearchPlan.Reading known = SearchPlan.Reading.RELATIVE;
        if (reading != null) {
            try {
                known = SearchPlan.Reading.valueOf(reading.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw Complaint.refused("--reading is " + reading + "; it must be relative or paper");
            }
        }
        double decades = threshold == null ? AnalysisSettings.DEFAULT.thresholdDecades() : threshold;
        try {
            return new AnalysisSettings(decades, momentum, steps, known, method);
        } catch (IllegalArgumentException e) {
            throw Complaint.refused("--" + String.valueOf(e.getMessage()).replace("thresholdDecades", "threshold"));
        }
    }

    private Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        if (reading != null) {
            query.put("reading", reading.toLowerCase(Locale.ROOT));
        }
        if (threshold != null) {
            query.put("thresholdDecades", threshold.toString());
        }
        if (method != null) {
            query.put("method", method);
        }
        return query;
    }

    private MeasuredCurve curve() {
        Path file = Path.of(curveOrSearch);
        CurveCsv.Result result = CurveCsv.read(TextOnDisk.read("CURVE.csv", file));
        if (result instanceof CurveCsv.Result.Refused refused) {
            throw Complaint.refused(file + ", line " + refused.line() + ": " + refused.text());
        }
        MeasuredCurve curve = ((CurveCsv.Result.Read) result).curve();
        if (!curve.ignoredColumns().isEmpty()) {
            System.err.println("ignored columns: " + String.join(", ", curve.ignoredColumns()));
        }
        if (steps != null && !curve.namesSteps()) {
            System.err.println("the curve has no column step: its losses are taken for those after " + steps
                    + (steps == 1 ? " step" : " steps"));
        }
        if (!curve.points().isEmpty() && (momentum == null || threshold == null)) {
            System.err.println(
                    "the curve of a search: with --momentum and --threshold as they were in the search, it gives"
                            + " the search's finding");
        }
        return curve;
    }
}
