package io.stepsampler.worker.input;

import static io.stepsampler.worker.input.Refusals.KEY;
import static io.stepsampler.worker.input.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.stepsampler.messages.Outcome.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSourcesTest {

    private static final String HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir
    private Path folder;

    private Path root;
    private Path file;
    private Path secret;
    private Locations locations;

    @BeforeEach
    void write() throws IOException {
        root = Files.createDirectory(folder.toRealPath().resolve("root"));
        file = Files.writeString(root.resolve("a name.pt"), "hello");
        secret = Files.writeString(root.resolveSibling("secret.pt"), "secret");
        locations = new Locations(List.of(root));
    }

    @Test
    void aFileBelowARootIsReadByPathAndByUri() throws Exception {
        assertThat(locations.file(KEY, file.toString())).isEqualTo(file);
        assertThat(locations.file(KEY, file.toUri().toString())).isEqualTo(file);
        assertThat(locations.folder(KEY, root.toString())).isEqualTo(root);
    }

    @Test
    void aFileOutsideTheRootsIsRefused() {
        assertRefused(
                () -> locations.file(KEY, secret.toString()),
                Code.POLICY,
                secret.toString(),
                "this worker reads files below [" + root + "] only");
    }

    @Test
    void aWorkerWithoutRootsReadsNoFile() {
        assertRefused(
                () -> new Locations(List.of()).file(KEY, file.toString()),
                Code.POLICY,
                file.toString(),
                "this worker may read no files; stepsampler.roots allows them");
    }

    @Test
    void aLinkOutOfARootIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("link.pt"), secret);
        Path folderLink = Files.createSymbolicLink(root.resolve("link"), folder.toRealPath());
        for (Path out : List.of(link, folderLink.resolve("secret.pt"))) {
            assertRefused(
                    () -> locations.file(KEY, out.toString()),
                    Code.POLICY,
                    out.toString(),
                    "this worker reads files below [" + root + "] only");
            assertRefused(
                    () -> locations.requireAllowed(KEY, out),
                    Code.POLICY,
                    out.toString(),
                    "this worker reads files below [" + root + "] only");
        }
    }

    @Test
    void aLinkWithinTheRootsIsFollowed() throws Exception {
        Path link = Files.createSymbolicLink(root.resolve("link.pt"), file);
        assertThat(locations.file(KEY, link.toString())).hasContent("hello");
        assertThatCode(() -> locations.requireAllowed(KEY, link)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ROOT/../root/a.pt", "file://ROOT/../secret.pt", "file://ROOT/%2e%2e/secret.pt", "ROOT/.."})
    void aParentFolderInALocationIsRefusedByName(String pattern) {
        String location = pattern.replace("ROOT", root.toString());
        assertRefused(
                () -> locations.file(KEY, location), Code.BAD_INPUT, location, "it must name the file without \"..\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.pt", "./a.pt", "ftp://host/a.pt", "file:a.pt", "file://host/a.pt", "a\0.pt", "", "s3"})
    void whatIsNeitherAPathNorAUriIsRefused(String location) {
        assertRefused(
                () -> locations.file(KEY, location),
                Code.BAD_INPUT,
                location,
                "it must be an absolute path or a file:, s3: or https: URI");
    }

    @Test
    void whatIsNotThereIsRefused() {
        String missing = root.resolve("missing.pt").toString();
        assertRefused(() -> locations.file(KEY, missing), Code.BAD_INPUT, missing, "there is no such file or folder");
    }

    @Test
    void aFolderIsNoFileAndAFileNoFolder() {
        assertRefused(
                () -> locations.file(KEY, root.toString()),
                Code.BAD_INPUT,
                root.toString(),
                "it must be a file that the worker can read");
        assertRefused(
                () -> locations.folder(KEY, file.toString()),
                Code.BAD_INPUT,
                file.toString(),
                "it must be a folder that the worker can read");
    }

    @Test
    void aDigestIsCheckedWhenItIsGiven() throws Exception {
        assertThat(locations.file(KEY, file.toString(), HELLO)).isEqualTo(file);
        assertThat(locations.file(KEY, file.toString(), HELLO.toUpperCase(Locale.ROOT)))
                .isEqualTo(file);
        assertRefused(
                () -> locations.file(KEY, file.toString(), "0123"),
                Code.BAD_INPUT,
                "model.sha256",
                "0123",
                "the file " + file + " has the SHA-256 " + HELLO + " instead");
    }

    @Test
    void theCacheIsNotReadByName() throws IOException {
        Path cache = Files.createDirectories(root.resolve("cache/teams"));
        Path entry = Files.writeString(cache.resolve("entry"), "of another team");
        SourceSettings settings = new SourceSettings(List.of(root), root.resolve("cache"), 100, List.of(), Map.of());
        try (Sources sources = new Sources(settings)) {
            assertRefused(
                    () -> sources.of("vision").file(KEY, entry.toString()),
                    Code.POLICY,
                    entry.toString(),
                    "it is in the worker's cache, which no search may name");
        }
    }
}
