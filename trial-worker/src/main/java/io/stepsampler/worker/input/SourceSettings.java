package io.stepsampler.worker.input;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where searches may take their files from.
 *
 * @param roots folders below which searches may name files; none allows none, {@code /} allows all
 * @param cacheFolder where remote files are kept; made when it is first needed, on a file system with hard links
 * @param cacheBytes the most that the cache keeps; no file or folder larger than this is fetched
 * @param httpsHosts hosts that may be asked, each as {@code host} (its port 443) or {@code host:port}; lower case
 * @param s3 by team; a team without an entry reads no S3
 */
public record SourceSettings(
        List<Path> roots, Path cacheFolder, long cacheBytes, List<String> httpsHosts, Map<String, S3Settings> s3) {

    private static final long DEFAULT_CACHE_BYTES = 10L << 30;

    public SourceSettings {
        if (cacheBytes < 1) {
            throw new IllegalArgumentException("stepsampler.cache-bytes is " + cacheBytes + "; it must be at least 1");
        }
        cacheFolder = cacheFolder.toAbsolutePath();
        roots = List.copyOf(roots);
        httpsHosts = List.copyOf(httpsHosts);
        s3 = Map.copyOf(s3);
    }

    /** Files of this machine only. */
    public static SourceSettings ofFiles(List<Path> roots) {
        Path cache = Path.of(System.getProperty("java.io.tmpdir"), "stepsampler-cache");
        return new SourceSettings(roots, cache, DEFAULT_CACHE_BYTES, List.of(), Map.of());
    }
}
