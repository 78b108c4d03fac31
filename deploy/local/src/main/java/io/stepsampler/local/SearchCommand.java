package io.stepsampler.local;

import io.stepsampler.local.stack.ConnectionFile.Connection;
import io.stepsampler.local.stack.StackFailure;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.json.Refusal;
import io.stepsampler.messages.json.SearchFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "search", description = "Searches a learning rate and follows the search to its end.")
final class SearchCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "the search file, YAML or JSON")
    private Path file = Path.of("");

    @Mixin
    private ServerChoice server = new ServerChoice();

    @Mixin
    private FindingFiles files = new FindingFiles();

    @Override
    public Integer call() throws IOException, InterruptedException, StackFailure {
        SearchFile.Accepted searchFile = SearchFileOnDisk.read(file);
        files.check();
        Optional<Connection> named = server.named();
        // a server elsewhere may see files that this machine does not
        if (named.isEmpty() || ServerChoice.isOnThisMachine(named.get().url())) {
            List<Refusal> missing = NamedFiles.refusals(searchFile.specification());
            if (!missing.isEmpty()) {
                throw SearchFileOnDisk.refused(file, missing);
            }
        }
        ProgramEnd programEnd = new ProgramEnd();
        RunningServer runningServer = new RunningServer(programEnd);
        CoordinatorClient client = named.isPresent() ? new CoordinatorClient(named.get()) : runningServer.local();
        Finding finding =
                SubmittedSearch.submit(client, searchFile.json(), programEnd).follow();
        try {
            files.deliver(finding);
        } finally {
            runningServer.awaitOtherSearches();
            programEnd.runAll();
        }
        return ExitCodes.of(finding);
    }
}
