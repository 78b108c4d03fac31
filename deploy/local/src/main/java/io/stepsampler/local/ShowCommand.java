package io.stepsampler.local;

import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Shows what is known of a search.")
final class ShowCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "the search, as `list` shows it")
    private @Nullable UUID searchId;

    @Mixin
    private ServerChoice server = new ServerChoice();

    @Mixin
    private FindingFiles files = new FindingFiles();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (searchId == null) {
            throw Complaint.refused("show needs the id of a search");
        }
        files.check();
        files.deliver(server.required().show(searchId));
        return 0;
    }
}
