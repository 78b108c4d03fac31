package io.stepsampler.local;

import io.stepsampler.local.report.CheckText;
import io.stepsampler.local.stack.Installation;
import io.stepsampler.local.stack.PyTorchMemory;
import io.stepsampler.local.stack.StackFailure;
import io.stepsampler.local.stack.StackOptions;
import io.stepsampler.messages.CheckReport;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.SearchPlan;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.Refusal;
import io.stepsampler.messages.json.SearchFile;
import io.stepsampler.messages.json.UnreadableMessage;
import io.stepsampler.method.StepSampling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "check", description = "Looks at a search on this machine: two trials, nothing queued.")
final class CheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "the search file, YAML or JSON")
    private Path file = Path.of("");

    @Option(names = "--threads", paramLabel = "T", description = "threads of each trial (default: ${DEFAULT-VALUE})")
    private int threads = StackOptions.DEFAULT_THREADS;

    @Option(names = "--json", paramLabel = "F", description = "writes the whole report there")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException, InterruptedException, StackFailure {
        checkThreads();
        FindingFiles.requireWritable("--json", json);
        SearchFile.Accepted searchFile = SearchFileOnDisk.read(file);
        if (searchFile.specification().model() instanceof Model.Replay) {
            throw SearchFileOnDisk.refused(
                    file, List.of(new Refusal("model.family", "replay", "it trains nothing that could be checked")));
        }
        List<Refusal> missing = NamedFiles.refusals(searchFile.specification());
        if (!missing.isEmpty()) {
            throw SearchFileOnDisk.refused(file, missing);
        }
        SearchPlan plan = searchFile.specification().search();
        Optional<String> budget = StepSampling.allowedBudget(plan);
        if (budget.isPresent()) {
            String given = Integer.toString(plan.budget().probes());
            throw SearchFileOnDisk.refused(
                    file, List.of(new Refusal("search.budget.probes", given, "allowed: " + budget.get())));
        }
        Installation installation = Installation.current();
        installation.check();
        CheckReport report = report(installation, searchFile);
        if (json != null) {
            FindingFiles.write(
                    "--json",
                    json,
                    MessageJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n");
        }
        System.out.print(CheckText.of(report, searchFile.specification()));
        if (report.failure() == null) {
            return ExitCodes.FOUND;
        }
        return report.failure().code().endsSearch() ? ExitCodes.REFUSED : ExitCodes.FAILED;
    }

    private void checkThreads() {
        try {
            StackOptions.requireThreads(threads);
        } catch (IllegalArgumentException e) {
            throw Complaint.refused(String.valueOf(e.getMessage()));
        }
    }

    private CheckReport report(Installation installation, SearchFile.Accepted searchFile)
            throws IOException, InterruptedException {
        ProcessBuilder program =
                new ProcessBuilder(installation.checkCommand(threads)).redirectError(ProcessBuilder.Redirect.INHERIT);
        program.environment().putAll(PyTorchMemory.ENVIRONMENT);
        Process child = program.start();
        Runtime.getRuntime().addShutdownHook(new Thread(child::destroyForcibly));
        try {
            child.getOutputStream().write(MessageJson.write(searchFile.specification()));
            child.getOutputStream().close();
            byte[] report = child.getInputStream().readAllBytes();
            int status = child.waitFor();
            if (status != 0) {
                throw Complaint.failed("the check ended with exit status " + status + "; what it said stands above");
            }
            return MessageJson.read(report, CheckReport.class);
        } catch (UnreadableMessage e) {
            throw new IOException("the check gave no report: " + e.getMessage(), e);
        } finally {
            child.destroyForcibly();
        }
    }
}
