package io.stepsampler.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StartFaultTest {

    private static final String BEGIN =
            "2026-11-28 01:34:23,109 ERROR [io.quarkus.runtime.Application] (main) Failed to start application: ";

    @Test
    void theInnermostCauseIsTold() {
        assertThat(StartFault.in((BEGIN + """
                        java.lang.RuntimeException: Failed to start quarkus
                        \tat io.quarkus.runner.ApplicationImpl.doStart(Unknown Source)
                        Caused by: java.lang.RuntimeException: not started
                        Caused by: java.lang.IllegalArgumentException: there is no team local: a.yaml is none
                        \t... 14 more
                        """).lines().toList())).contains("there is no team local: a.yaml is none");
    }

    @Test
    void aFailureWithoutCausesIsToldItself() {
        assertThat(StartFault.in((BEGIN + "java.lang.IllegalStateException: port 1 is taken")
                        .lines()
                        .toList()))
                .contains("port 1 is taken");
    }

    @Test
    void whatFailsBesideTheStartIsNot() {
        String beside = """
                2026-11-28 01:34:23,094 ERROR [io.quarkus.scheduler] (executor-thread-1) Error: java.lang.Exception: late
                Caused by: java.lang.IllegalStateException: the container is not started
                """;
        assertThat(StartFault.in(beside.lines().toList())).isEmpty();
        assertThat(StartFault.in((beside + BEGIN + "a.B: c\nCaused by: a.B: teams are missing\n" + beside)
                        .lines()
                        .toList()))
                .contains("teams are missing");
    }

    @Test
    void aCauseWithoutWordsSaysNothing() {
        assertThat(StartFault.in(
                        (BEGIN + "java.lang.NullPointerException").lines().toList()))
                .isEmpty();
    }
}
