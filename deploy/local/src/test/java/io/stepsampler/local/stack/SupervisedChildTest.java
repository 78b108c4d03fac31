package io.stepsampler.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedChildTest {

    private final CompletableFuture<StackFailure> failure = new CompletableFuture<>();

    @Test
    void aChildThatDiesIsStartedAgain(@TempDir Path folder) throws Exception {
        SupervisedChild child = child(
                folder,
                "if [ -e %1$s/once ]; then echo READY port=1; cat; else touch %1$s/once; exit 3; fi".formatted(folder));
        child.start();
        assertThat(child.ready().get(10, TimeUnit.SECONDS)).isEqualTo("READY port=1");
        child.requestEnd();
        child.awaitEnd(Duration.ofSeconds(10));
        assertThat(failure).isNotDone();
    }

    @Test
    void aChildThatKeepsDyingIsNamedWithTheEndOfItsLog(@TempDir Path folder) throws Exception {
        child(folder, "echo no disk space; exit 7").start();
        assertThat(failure.get(30, TimeUnit.SECONDS))
                .hasMessageContaining("broken ended 5 times")
                .hasMessageContaining("exit status 7")
                .hasMessageContaining("| no disk space")
                .hasMessageContaining("Its log is " + folder.resolve("child.log"));
    }

    @Test
    void aChildThatIgnoresTheRequestIsForced(@TempDir Path folder) throws Exception {
        SupervisedChild child = child(folder, "trap '' TERM; echo READY now; while true; do sleep 0.1; done");
        child.start();
        assertThat(child.ready().get(10, TimeUnit.SECONDS)).isEqualTo("READY now");
        child.requestEnd();
        child.awaitEnd(Duration.ofMillis(300));
        assertThat(failure).isNotDone();
    }

    private SupervisedChild child(Path folder, String script) {
        return new SupervisedChild(
                new ChildSpecification(
                        "broken",
                        List.of("/bin/sh", "-c", script),
                        Map.of(),
                        folder.resolve("child.log"),
                        new ReadySign.Line()),
                failure::complete);
    }
}
