package io.stepsampler.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsampler.messages.ApiKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderKeyTest {

    @Test
    void everyStartHasTheKeyOfTheFirst(@TempDir Path folder) throws Exception {
        ApiKey first = new FolderKey(folder).get();
        assertThat(new FolderKey(folder).get()).isEqualTo(first);
    }

    @Test
    void anotherFolderHasAnotherKey(@TempDir Path folder, @TempDir Path other) throws Exception {
        assertThat(new FolderKey(folder).get()).isNotEqualTo(new FolderKey(other).get());
    }

    @Test
    void onlyItsOwnerReadsIt(@TempDir Path folder) throws Exception {
        new FolderKey(folder).get();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("api-key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileThatHoldsNoKeyIsNamedWithoutBeingShown(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("api-key"), "half of a k");
        assertThatThrownBy(() -> new FolderKey(folder).get())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("api-key holds no API key")
                .hasMessageNotContaining("half of a k");
    }
}
