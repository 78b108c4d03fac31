package io.stepsampler.local;

import io.stepsampler.messages.Finding;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "cancel", description = "Cancels a search; one that has ended stays as it is.")
final class CancelCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "the search, as `list` shows it")
    private @Nullable UUID searchId;

    @Mixin
    private ServerChoice server = new ServerChoice();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (searchId == null) {
            throw Complaint.refused("cancel needs the id of a search");
        }
        Finding finding = server.required().cancel(searchId);
        System.out.println(searchId + " is " + finding.state());
        return 0;
    }
}
