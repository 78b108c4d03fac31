package io.stepsampler.local;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The searches of a stack that have not ended. */
record OtherSearches(CoordinatorClient client) {

    private static final long POLL_MILLIS = 500;

    /** Whoever follows a search that has just ended reads its finding before the server goes. */
    private static final int LAST_LOOKS = 5;

    /** Waits as long as there are some; a server that no longer answers has none. */
    void awaitEnd() throws InterruptedException {
        long known = 0;
        try {
            for (long running = count(); running > 0; running = count()) {
                if (running != known) {
                    System.err.println("waiting for " + running + " other search" + (running == 1 ? "" : "es")
                            + " before stopping Kafka, Postgres and the services; Ctrl-C stops them now");
                    known = running;
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            if (known > 0) {
                TimeUnit.MILLISECONDS.sleep(LAST_LOOKS * SearchFollower.POLL_MILLIS);
            }
        } catch (IOException e) {
            System.err.println("not waiting for other searches: " + Reason.of(e));
        }
    }

    private long count() throws IOException, InterruptedException {
        return client.list(Map.of("state", "QUEUED,RUNNING", "limit", "1000"))
                .searches()
                .size();
    }
}
