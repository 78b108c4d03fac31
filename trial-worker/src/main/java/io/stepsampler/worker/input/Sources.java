package io.stepsampler.worker.input;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Where the searches of all teams take their files from; one for a process. */
public final class Sources implements AutoCloseable {

    private final SourceSettings settings;
    private final Roots roots;
    private final Cache cache;
    private final HttpsRemote https;
    private final Map<String, S3Remote> s3 = new ConcurrentHashMap<>();

    public Sources(SourceSettings settings) {
        this(settings, Network::open);
    }

    Sources(SourceSettings settings, Supplier<Network> network) {
        this.settings = settings;
        roots = new Roots(settings.roots(), settings.cacheFolder());
        cache = new Cache(settings.cacheFolder(), settings.cacheBytes());
        https = new HttpsRemote(settings.httpsHosts(), network);
    }

    /** To be closed when the team's files have been read. */
    public Locations of(String team) {
        return new Locations(roots, Map.of("s3", s3(team), "https", https), cache.lease(team));
    }

    @Override
    public void close() {
        s3.values().forEach(S3Remote::close);
        https.close();
        cache.close();
    }

    private Remote s3(String team) {
        S3Settings configured = settings.s3().get(team);
        return configured == null
                ? new UnconfiguredS3(team)
                : s3.computeIfAbsent(team, unused -> new S3Remote(configured, settings.cacheBytes()));
    }
}
