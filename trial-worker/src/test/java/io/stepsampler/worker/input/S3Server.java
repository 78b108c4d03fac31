package io.stepsampler.worker.input;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;
import org.jclouds.blobstore.domain.Blob;
import org.jclouds.blobstore.domain.BlobMetadata;
import org.jclouds.blobstore.options.GetOptions;
import org.jclouds.blobstore.util.ForwardingBlobStore;

/** A real S3 server on loopback, its objects in memory, which tells what it was asked for. */
final class S3Server {

    static final String ACCESS_KEY = "reader";
    static final String SECRET_KEY = "a secret of the reader";
    static final String BUCKET = "vision";

    private final BlobStoreContext context;
    private final S3Proxy server;
    private final Recording store;

    private S3Server(BlobStoreContext context, S3Proxy server, Recording store) {
        this.context = context;
        this.server = server;
        this.store = store;
    }

    static S3Server start() throws Exception {
        BlobStoreContext context = ContextBuilder.newBuilder(new TransientApiMetadata())
                .credentials("unused", "unused")
                .build(BlobStoreContext.class);
        Recording store = new Recording(context.getBlobStore());
        store.createContainerInLocation(null, BUCKET);
        S3Proxy server = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
                .build();
        server.start();
        return new S3Server(context, server, store);
    }

    S3Settings settings() {
        return settings(SECRET_KEY);
    }

    S3Settings settings(String secretKey) {
        return new S3Settings(
                URI.create("http://127.0.0.1:" + server.getPort()), "us-east-1", ACCESS_KEY, secretKey, true);
    }

    void put(String key, byte[] content) {
        String unused = store.putBlob(
                BUCKET,
                store.blobBuilder(key)
                        .payload(content)
                        .contentLength(content.length)
                        .build());
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Such as {@code HEAD linear.pt}, in order; forgotten by the next call. */
    List<String> requests() {
        synchronized (store.requests) {
            List<String> seen = List.copyOf(store.requests);
            store.requests.clear();
            return seen;
        }
    }

    /** From now on each request for an object is a fault of the server. */
    void fail() {
        store.failing = true;
    }

    void stop() throws Exception {
        server.stop();
        context.close();
    }

    private static final class Recording extends ForwardingBlobStore {

        private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
        private volatile boolean failing;

        Recording(BlobStore store) {
            super(store);
        }

        @Override
        public BlobMetadata blobMetadata(String container, String name) {
            record("HEAD " + name);
            return super.blobMetadata(container, name);
        }

        @Override
        public Blob getBlob(String container, String name, GetOptions options) {
            record("GET " + name);
            return super.getBlob(container, name, options);
        }

        private void record(String request) {
            requests.add(request);
            if (failing) {
                throw new UncheckedIOException(new IOException("a fault"));
            }
        }
    }
}
