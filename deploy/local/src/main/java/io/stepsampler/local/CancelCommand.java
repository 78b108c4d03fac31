package io.stepsampler.local;

import io.stepsampler.messages.Finding;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "cancel", description = "Cancels a search; one that has ended stays as it is.")
final class CancelCommand implements Callable<Integer> {

    @Mixin
    private SearchChoice search = new SearchChoice();

    @Mixin
    private ServerChoice server = new ServerChoice();

    @Override
    public Integer call() throws IOException, InterruptedException {
        CoordinatorClient client = server.required();
        UUID searchId = search.on(client);
        Finding finding = client.cancel(searchId);
        System.out.println(searchId + " is " + finding.state());
        return 0;
    }
}
