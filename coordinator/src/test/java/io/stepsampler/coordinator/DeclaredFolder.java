package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.call;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.stepsampler.coordinator.teams.DeclaredLooks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** The folder of declared files that tests write. */
final class DeclaredFolder {

    static final Path PATH = folder();

    private static final String USUAL = "{kind: team, name: vision, weight: 3}";

    private DeclaredFolder() {}

    /** A service that reads declarations from the folder. */
    public static final class Read implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            restoreFiles();
            return Map.of("stepsampler.declarations", PATH.toString(), "stepsampler.declarations.grace", "PT0S");
        }
    }

    /** The same, where a team that is in no file any more stays for a while. */
    public static final class WithGrace implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            restoreFiles();
            return Map.of("stepsampler.declarations", PATH.toString());
        }
    }

    static void restore() {
        restoreFiles();
        DeclaredLooks.take();
    }

    /** Before the service runs. */
    private static void restoreFiles() {
        try {
            Files.deleteIfExists(PATH.resolve("other.yaml"));
            move("platform.yaml", USUAL);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(String name, String text) {
        try {
            move(name, text);
            DeclaredLooks.take();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** At once, as whoever mounts files does it. */
    private static void move(String name, String text) throws IOException {
        Path draft = Files.writeString(PATH.resolve("." + name), text);
        Files.move(draft, PATH.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    static void remove(String name) {
        try {
            Files.deleteIfExists(PATH.resolve(name));
            DeclaredLooks.take();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> faults() {
        return told("faults");
    }

    static List<String> pending() {
        return told("pending");
    }

    static List<String> adopted() {
        return told("adopted");
    }

    private static List<String> told(String what) {
        return call().get("/api/v1/declared-files").jsonPath().getList(what);
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("stepsampler-declarations");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
