package io.stepsampler.worker.input;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Brings many files a few at a time: most of a small file's time is the way to its server and back. */
final class Transfers {

    private static final int AT_ONCE = 8;
    private static final int PATIENCE_SECONDS = 60;

    private Transfers() {}

    interface Transfer {
        String bring(RemoteFile file) throws Refusal, IOException;
    }

    /** The first failure, in the order of the files, ends them all; no transfer goes on after this returns. */
    static void each(List<RemoteFile> files, Transfer transfer) throws Refusal, IOException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, files.size()));
        try {
            List<Future<String>> brought = new ArrayList<>();
            for (RemoteFile file : files) {
                brought.add(threads.submit(() -> transfer.bring(file)));
            }
            for (Future<String> one : brought) {
                await(one);
            }
        } finally {
            end(threads);
        }
    }

    private static void await(Future<String> transfer) throws Refusal, IOException {
        try {
            String unused = transfer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the worker was told to stop");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("a transfer failed", e.getCause());
        }
    }

    private static void end(ExecutorService threads) throws IOException {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("a transfer does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
