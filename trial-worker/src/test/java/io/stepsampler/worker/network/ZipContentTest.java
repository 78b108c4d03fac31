package io.stepsampler.worker.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class ZipContentTest {

    @Test
    void anEntryIsReadToTheGivenLength() throws IOException {
        ZipContent zip = ZipContent.of(zip("first", "second"));
        assertThat(zip.names()).containsExactly("first", "second");
        assertThat(zip.read("second", 100).orElseThrow()).isEqualTo(repeated(100));
        assertThat(zip.read("first", 5000).orElseThrow()).hasSize(1000);
        assertThat(zip.read("third", 100)).isEmpty();
    }

    @Test
    void whatIsNoZipOrIsCutIsRefused() throws IOException {
        byte[] whole = zip("first");
        assertThatThrownBy(() -> ZipContent.of(new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessage("it is no zip");
        byte[] end = Arrays.copyOfRange(whole, whole.length - 22, whole.length);
        assertThatThrownBy(() -> ZipContent.of(end))
                .isInstanceOf(IOException.class)
                .hasMessage("its zip directory is broken");
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(content)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(repeated(1000));
            }
        }
        return content.toByteArray();
    }

    private static byte[] repeated(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 7);
        return bytes;
    }
}
