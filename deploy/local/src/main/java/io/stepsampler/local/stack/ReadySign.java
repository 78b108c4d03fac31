package io.stepsampler.local.stack;

import java.net.URI;

/** How a child tells that it is ready. */
sealed interface ReadySign {

    /** A line on standard output that starts with READY. */
    record Line() implements ReadySign {}

    /** A health address that answers 200. */
    record Health(URI address) implements ReadySign {

        static Health of(int port) {
            return new Health(URI.create("http://127.0.0.1:" + port + "/q/health/ready"));
        }
    }
}
