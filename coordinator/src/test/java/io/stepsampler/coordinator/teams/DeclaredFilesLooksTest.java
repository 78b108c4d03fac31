package io.stepsampler.coordinator.teams;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stepsampler.coordinator.deployment.Declaration;
import io.stepsampler.coordinator.storage.DeclarationStore;
import io.stepsampler.embedded.ServiceStack;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are looked at while somebody writes them. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class DeclaredFilesLooksTest {

    private final Declaration.Id first = team();
    private final Declaration.Id second = team();

    @TempDir
    Path folder;

    @Inject
    Jdbi database;

    @Inject
    DeclaredSettings settings;

    private DeclaredFiles files;

    @BeforeEach
    void declareTheFirst() throws IOException {
        files = new DeclaredFiles(database, settings, Optional.of(folder), Duration.ZERO);
        write(text(first));
        files.take();
    }

    @AfterEach
    void removeAll() throws IOException {
        write("");
        files.take();
        files.take();
        assertThat(isThere(first) || isThere(second)).isFalse();
    }

    @Test
    void whatHasChangedIsTakenWhenItIsFoundTheSameASecondTime() throws IOException {
        write(text(first) + text(second));
        files.take();
        assertThat(isThere(second)).isFalse();

        files.take();
        assertThat(isThere(second)).isTrue();
    }

    @Test
    void whatIsHalfWrittenChangesNothing() throws IOException {
        write("");
        files.take();
        assertThat(isThere(first)).isTrue();

        write(text(first));
        files.take();
        files.take();
        assertThat(isThere(first)).isTrue();
        assertThat(files.report().faults()).isEmpty();
    }

    @Test
    void aFolderThatNobodyHasFilledYetIsAFault() throws IOException {
        Files.delete(folder.resolve("teams.yaml"));
        files.take();
        files.take();

        assertThat(isThere(first)).isTrue();
        assertThat(files.report().faults())
                .isEqualTo(List.of("stepsampler.declarations is " + folder
                        + "; must hold a file that ends in .yaml, .yml or .json: an empty one declares nothing"));
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("teams.yaml"), text);
    }

    private boolean isThere(Declaration.Id id) {
        return database.withHandle(handle -> DeclarationStore.find(handle, id)).isPresent();
    }

    private static Declaration.Id team() {
        return new Declaration.Id(
                Declaration.Kind.TEAM, "", "t-" + UUID.randomUUID().toString().substring(0, 8));
    }

    private static String text(Declaration.Id team) {
        return "---\nkind: team\nname: " + team.name() + "\n";
    }
}
