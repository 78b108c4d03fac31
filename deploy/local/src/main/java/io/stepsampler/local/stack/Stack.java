package io.stepsampler.local.stack;

import io.stepsampler.embedded.FolderInUse;
import io.stepsampler.embedded.FolderLock;
import io.stepsampler.embedded.LoopbackPort;
import io.stepsampler.messages.ApiKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Kafka, Postgres and the services, running as child processes of this one. */
public final class Stack {

    private static final Duration START_PATIENCE = Duration.ofMinutes(2);
    private static final Duration END_PATIENCE = Duration.ofSeconds(15);

    private final StackOptions options;
    private final FolderLock lock;
    private final CompletableFuture<StackFailure> failure = new CompletableFuture<>();
    private final List<SupervisedChild> servers = Collections.synchronizedList(new ArrayList<>());
    private final List<SupervisedChild> services = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean closing;

    private Stack(StackOptions options, FolderLock lock) {
        this.options = options;
        this.lock = lock;
    }

    /**
     * Takes the folder; nothing runs yet.
     *
     * @throws FolderInUse where another stack has it
     */
    public static Stack in(StackOptions options) throws IOException {
        return new Stack(options, FolderLock.acquire(options.folder()));
    }

    /** Starts everything and returns the way to the coordinator when all of it is ready. */
    public ConnectionFile.Connection start(Installation installation)
            throws IOException, StackFailure, InterruptedException {
        installation.check();
        ConnectionFile connectionFile = new ConnectionFile(options.folder());
        connectionFile.delete();
        keepFormerLogs();
        int coordinatorPort = coordinatorPort();
        ApiKey firstKey = new FolderKey(options.folder()).get();
        ChildCommands commands = new ChildCommands(installation, options, firstKey);
        Backbone backbone = startServers(commands);
        start(commands.coordinator(backbone, coordinatorPort), services);
        start(commands.analyzer(backbone, LoopbackPort.free()), services);
        for (int number = 1; number <= options.workers(); number++) {
            start(commands.trialWorker(number, backbone, LoopbackPort.free()), services);
        }
        awaitReady(services);
        URI url = URI.create("http://127.0.0.1:" + coordinatorPort);
        ConnectionFile.Connection connection =
                new ConnectionFile.Connection(url, firstKey.text(), backbone.bootstrapServers());
        connectionFile.write(connection);
        return connection;
    }

    /** Whether anything was started that has to be ended. */
    public boolean isRunning() {
        return !servers.isEmpty();
    }

    /** Completes when a child died too often to go on. */
    public CompletableFuture<StackFailure> failure() {
        return failure;
    }

    /** Ends the services first, then what they depend on. Does nothing the second time. */
    public synchronized void stop() throws IOException, InterruptedException {
        if (closing) {
            return;
        }
        closing = true;
        new ConnectionFile(options.folder()).delete();
        end(services);
        end(servers);
        lock.close();
    }

    private Backbone startServers(ChildCommands commands) throws IOException, StackFailure, InterruptedException {
        SupervisedChild kafka = start(commands.kafka(LoopbackPort.free()), servers);
        SupervisedChild postgres = start(commands.postgres(LoopbackPort.free()), servers);
        awaitReady(servers);
        return Backbone.of(kafka.ready().join(), postgres.ready().join());
    }

    private SupervisedChild start(ChildSpecification specification, List<SupervisedChild> group) throws StackFailure {
        if (closing) {
            throw new StackFailure("the stack was stopped while it started");
        }
        SupervisedChild child = new SupervisedChild(specification, failure::complete);
        group.add(child);
        child.start();
        return child;
    }

    private void awaitReady(List<SupervisedChild> children) throws StackFailure, InterruptedException {
        CompletableFuture<?> allReady = CompletableFuture.allOf(
                children.stream().map(SupervisedChild::ready).toArray(CompletableFuture<?>[]::new));
        try {
            CompletableFuture.anyOf(allReady, failure).get(START_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw firstUnready(children);
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for the children cannot fail", e);
        }
        if (!allReady.isDone()) {
            throw failure.join();
        }
    }

    private static StackFailure firstUnready(List<SupervisedChild> children) {
        ChildSpecification unready = children.stream()
                .filter(child -> !child.ready().isDone())
                .findFirst()
                .orElseThrow()
                .specification();
        return StackFailure.ofChild(
                "%s was not ready within %d s.".formatted(unready.name(), START_PATIENCE.toSeconds()), unready.log());
    }

    private int coordinatorPort() throws IOException, StackFailure {
        if (options.port() == 0) {
            return LoopbackPort.free();
        }
        try (ServerSocket probe = new ServerSocket(options.port(), 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new StackFailure("port %d on 127.0.0.1 is in use; choose another with --port (0 picks a free one)"
                    .formatted(options.port()));
        }
    }

    /** Those of the last start: why it ended may be asked after the next. */
    private void keepFormerLogs() throws IOException {
        Files.createDirectories(options.logs());
        try (var logs = Files.newDirectoryStream(options.logs(), "*.log")) {
            for (Path log : logs) {
                Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void end(List<SupervisedChild> children) throws InterruptedException {
        List<SupervisedChild> ending = List.copyOf(children);
        ending.forEach(SupervisedChild::requestEnd);
        for (SupervisedChild child : ending) {
            child.awaitEnd(END_PATIENCE);
        }
    }
}
