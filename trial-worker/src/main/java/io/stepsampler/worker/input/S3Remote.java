package io.stepsampler.worker.input;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Object;

/** One team's S3 server: {@code s3://bucket/key} is a file, {@code s3://bucket/prefix} a folder. */
final class S3Remote implements Remote, AutoCloseable {

    private static final Pattern LOCATION =
            Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?", Pattern.CASE_INSENSITIVE);
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final int MOST_OBJECTS = 1_000_000;

    private final String server;
    private final long mostBytes;
    private final S3Client client;

    /** @param mostBytes what a folder may hold in all */
    S3Remote(S3Settings settings, long mostBytes) {
        this.server = settings.endpoint() + " " + settings.region();
        this.mostBytes = mostBytes;
        this.client = client(settings);
    }

    @Override
    public RemoteFile file(String key, String location) throws Refusal {
        Matcher parts = parts(key, location);
        String object = Objects.requireNonNullElse(parts.group(2), "");
        if (object.isEmpty() || object.endsWith("/")) {
            throw malformed(key, location);
        }
        String name = object.substring(object.lastIndexOf('/') + 1);
        requirePlainName(key, location, name);
        return new S3File(client, server, new S3File.Address(key, location, parts.group(1), object), name, null);
    }

    @Override
    public List<RemoteFile> folder(String key, String location) throws Refusal {
        Matcher parts = parts(key, location);
        String path = Objects.requireNonNullElse(parts.group(2), "");
        String prefix = path.isEmpty() || path.endsWith("/") ? path : path + "/";
        List<RemoteFile> files = new ArrayList<>();
        long bytes = 0;
        for (S3Object object : list(key, location, parts.group(1), prefix)) {
            String name = object.key().substring(prefix.length());
            bytes += object.size();
            if (bytes > mostBytes || files.size() == MOST_OBJECTS) {
                throw Refusal.policy(
                        key,
                        location,
                        "it holds more than the " + mostBytes + " bytes that the worker's cache keeps"
                                + " (stepsampler.cache-bytes) or more than " + MOST_OBJECTS + " objects");
            }
            // Consoles mark a folder by an empty object of its name.
            if (!name.isEmpty() && !name.endsWith("/")) {
                requirePlainName(key, location, name);
                files.add(new S3File(
                        client,
                        server,
                        new S3File.Address(key, location, parts.group(1), object.key()),
                        name,
                        object.eTag()));
            }
        }
        requireNoFileIsAFolder(key, location, files);
        if (files.isEmpty()) {
            throw Refusal.badInput(key, location, "the bucket holds no object below it");
        }
        return List.copyOf(files);
    }

    @Override
    public void close() {
        client.close();
    }

    private Iterable<S3Object> list(String key, String location, String bucket, String prefix) throws Refusal {
        ListObjectsV2Request request =
                ListObjectsV2Request.builder().bucket(bucket).prefix(prefix).build();
        List<S3Object> objects = new ArrayList<>();
        return S3File.asking(key, location, () -> {
            client.listObjectsV2Paginator(request).contents().stream()
                    .limit(MOST_OBJECTS + 1L)
                    .forEach(objects::add);
            return objects;
        });
    }

    private static Matcher parts(String key, String location) throws Refusal {
        Matcher parts = LOCATION.matcher(location);
        if (!parts.matches()) {
            throw malformed(key, location);
        }
        return parts;
    }

    private static Refusal malformed(String key, String location) {
        return Refusal.badInput(key, location, "it must be s3://BUCKET/KEY, or s3://BUCKET/PREFIX for a folder");
    }

    /** A key may be any text; here it becomes a path, which must stay in its folder. */
    private static void requirePlainName(String key, String location, String name) throws Refusal {
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || !isPathName(part)) {
                throw Refusal.badInput(
                        key, location, "the object " + name + " below it has no name that a file can have");
            }
        }
    }

    private static void requireNoFileIsAFolder(String key, String location, List<RemoteFile> files) throws Refusal {
        Set<String> folders = new HashSet<>();
        for (RemoteFile file : files) {
            for (int end = file.name().lastIndexOf('/');
                    end > 0;
                    end = file.name().lastIndexOf('/', end - 1)) {
                folders.add(file.name().substring(0, end));
            }
        }
        for (RemoteFile file : files) {
            if (folders.contains(file.name())) {
                throw Refusal.badInput(key, location, "it holds " + file.name() + " both as an object and as a folder");
            }
        }
    }

    private static boolean isPathName(String part) {
        try {
            return Path.of(part).getNameCount() == 1;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static S3Client client(S3Settings settings) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE))
                .region(Region.of(settings.region()))
                .forcePathStyle(settings.pathStyle())
                .disableS3ExpressSessionAuth(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(settings.accessKey(), settings.secretKey())));
        URI endpoint = settings.endpoint();
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        return builder.build();
    }
}
