package io.stepsampler.worker.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/** The sources of a worker that asks HTTPS hosts and nothing else. */
final class HttpsSources {

    static final int CACHE_BYTES = 1000;

    private HttpsSources() {}

    /** Of a worker that asks this host, whose address counts as public. */
    static Sources of(HttpsHost host, Path cache) {
        Network network = new Network(SystemDefaultDnsResolver.INSTANCE, address -> true, host.trust());
        return of(List.of(host.name()), network, cache);
    }

    static Sources of(List<String> hosts, Network network, Path cache) {
        return new Sources(new SourceSettings(List.of(), cache, CACHE_BYTES, hosts, Map.of()), () -> network);
    }

    static String read(Sources sources, String location) throws Refusal, IOException {
        try (Locations locations = sources.of("vision")) {
            return Files.readString(locations.file(Refusals.KEY, location));
        }
    }
}
