package io.stepsampler.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
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
    void aServiceThatDoesNotStartIsNotTriedAgain(@TempDir Path folder) throws Exception {
        service(folder, "echo started >> %s/starts; echo no such setting; exit 1".formatted(folder))
                .start();
        assertThat(failure.get(10, TimeUnit.SECONDS))
                .hasMessageContaining("broken did not start, and ended with exit status 1.")
                .hasMessageContaining("| no such setting");
        assertThat(Files.readString(folder.resolve("starts"))).isEqualTo("started\n");
    }

    @Test
    void aServiceThatDoesNotStartSaysWhyInOneSentence(@TempDir Path folder) throws Exception {
        Path log = Files.writeString(folder.resolve("fault.txt"), """
                2026-11-28 01:34:23,109 ERROR [io.quarkus.runtime.Application] (main) Failed to start application: a.B: c
                \tat io.quarkus.runtime.Application.start(Application.java:1)
                Caused by: java.lang.IllegalArgumentException: teams are missing
                \tat io.stepsampler.coordinator.security.Tokens.start(Tokens.java:75)
                """);
        service(folder, "cat %s; exit 1".formatted(log)).start();
        assertThat(failure.get(10, TimeUnit.SECONDS))
                .hasMessage("broken did not start: teams are missing" + System.lineSeparator() + "Its log is "
                        + folder.resolve("child.log"));
    }

    @Test
    void aChildThatIgnoresTheRequestIsForced(@TempDir Path folder) throws Exception {
        SupervisedChild child = child(folder, "trap '' TERM; echo READY $$; while true; do sleep 0.1; done");
        child.start();
        ProcessHandle process = announced(child);
        child.requestEnd();
        assertThat(process.isAlive()).isTrue();
        child.awaitEnd(Duration.ofMillis(300));
        assertThat(process.isAlive()).isFalse();
        assertThat(failure).isNotDone();
    }

    @Test
    void aChildThatEndsOnRequestIsNotStartedAgain(@TempDir Path folder) throws Exception {
        SupervisedChild child = child(folder, "echo started >> %s/starts; echo READY $$; exec cat".formatted(folder));
        child.start();
        ProcessHandle process = announced(child);
        child.requestEnd();
        child.awaitEnd(Duration.ofSeconds(10));
        assertThat(process.isAlive()).isFalse();
        assertThat(Files.readString(folder.resolve("starts"))).isEqualTo("started\n");
        assertThat(failure).isNotDone();
    }

    @Test
    void aChildIsReadThoughItsLogCannotBeWritten() throws Exception {
        Path fullDisk = Path.of("/dev/full");
        assumeTrue(Files.exists(fullDisk));
        SupervisedChild child = logging(
                fullDisk,
                "i=0; while [ $i -lt 20 ]; do head -c 8000 /dev/zero | tr '\\0' x; echo;"
                        + " i=$((i + 1)); done; echo READY $$; exec cat");
        child.start();
        ProcessHandle process = announced(child);
        child.requestEnd();
        child.awaitEnd(Duration.ofSeconds(10));
        assertThat(process.isAlive()).isFalse();
    }

    private static ProcessHandle announced(SupervisedChild child) throws Exception {
        String readyLine = child.ready().get(10, TimeUnit.SECONDS);
        return ProcessHandle.of(Long.parseLong(readyLine.substring("READY ".length())))
                .orElseThrow();
    }

    private SupervisedChild child(Path folder, String script) {
        return logging(folder.resolve("child.log"), script);
    }

    private SupervisedChild logging(Path log, String script) {
        return child(log, script, new ReadySign.Line());
    }

    /** Nothing listens at its address. */
    private SupervisedChild service(Path folder, String script) {
        return child(folder.resolve("child.log"), script, ReadySign.Health.of(1));
    }

    private SupervisedChild child(Path log, String script, ReadySign readySign) {
        return new SupervisedChild(
                new ChildSpecification("broken", List.of("/bin/sh", "-c", script), Map.of(), log, readySign),
                failure::complete);
    }
}
