package io.stepsampler.local;

import io.stepsampler.local.report.LearningRateText;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "Lists the newest searches.")
final class ListCommand implements Callable<Integer> {

    @Mixin
    private ServerChoice server = new ServerChoice();

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<SearchList.Entry> searches = server.required().list(Map.of()).searches();
        String row = "%-36s  %-12s  %-20s  %-12s  %s%n";
        System.out.printf(row, "id", "state", "submitted", "rate", "name");
        for (SearchList.Entry search : searches) {
            Double rate = search.recommendedLearningRate();
            System.out.printf(
                    row,
                    search.searchId(),
                    search.state(),
                    search.submittedAt().toString().substring(0, 19),
                    rate == null ? "" : LearningRateText.of(rate),
                    search.name() == null ? "" : search.name());
        }
        return 0;
    }
}
