package io.stepsampler.local;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "show", description = "Shows what is known of a search.")
final class ShowCommand implements Callable<Integer> {

    @Mixin
    private SearchChoice search = new SearchChoice();

    @Mixin
    private ServerChoice server = new ServerChoice();

    @Mixin
    private FindingFiles files = new FindingFiles();

    @Override
    public Integer call() throws IOException, InterruptedException {
        files.check();
        CoordinatorClient client = server.required();
        files.deliver(client.show(search.on(client)));
        return 0;
    }
}
