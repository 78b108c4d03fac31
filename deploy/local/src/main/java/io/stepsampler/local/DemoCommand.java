package io.stepsampler.local;

import io.stepsampler.local.demo.Demonstration;
import io.stepsampler.local.demo.ShapeImages;
import io.stepsampler.local.stack.StackFailure;
import io.stepsampler.local.stack.StackOptions;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.json.SearchFile;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "demo", description = "Draws an image set and searches the learning rate of a ResNet-18 for it.")
final class DemoCommand implements Callable<Integer> {

    @Override
    public Integer call() throws IOException, InterruptedException, StackFailure {
        Demonstration demonstration =
                new Demonstration(StackOptions.defaultFolder().resolve("demo"));
        System.err.println("drawing images of " + ShapeImages.classes() + " shapes in " + demonstration.folder());
        demonstration.write();
        SearchFile.Accepted searchFile = SearchFileOnDisk.read(demonstration.searchFile());
        ProgramEnd programEnd = new ProgramEnd();
        RunningServer runningServer = new RunningServer(programEnd);
        CoordinatorClient client = runningServer.local();
        Finding finding =
                SubmittedSearch.submit(client, searchFile.json(), programEnd).follow();
        new FindingFiles(demonstration.json(), demonstration.svg()).deliver(finding);
        System.err.println("picture: " + demonstration.svg());
        System.err.println("finding: " + demonstration.json());
        System.err.println("search file, to change and run with `stepsampler search`: " + demonstration.searchFile());
        runningServer.awaitOtherSearches();
        programEnd.runAll();
        return ExitCodes.of(finding);
    }
}
