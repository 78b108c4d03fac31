package io.stepsampler.worker.input;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A remote file that is held in memory; its content is its version. */
record StoredFile(String name, String content, AtomicInteger downloads) implements RemoteFile {

    static StoredFile of(String name, String content) {
        return new StoredFile(name, content, new AtomicInteger());
    }

    @Override
    public String location() {
        return "test:" + name;
    }

    @Override
    public String identity() {
        return location();
    }

    @Override
    public Optional<String> version() {
        return Optional.of(content);
    }

    @Override
    public Download open() {
        downloads.incrementAndGet();
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return new Download(new ByteArrayInputStream(bytes), bytes.length, version(), () -> {});
    }
}
