package io.stepsampler.messages.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.SearchSpecification;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The paths and URIs of a search file. */
class LocationsTest {

    @Test
    void relativePathsStartAtTheFolderOfTheFile() {
        String file = "{model: {family: replay, checkpoint: curves/a.csv}}";

        SearchFile.Reading reading = SearchFile.read(file, new Locations.RelativeTo(Path.of("/home/me")));

        assertThat(((SearchFile.Accepted) reading).specification().model().checkpoint())
                .isEqualTo(new Checkpoint.Stored("/home/me/curves/a.csv"));
        assertThat(refusals(file))
                .containsExactly("model.checkpoint is curves/a.csv; allowed: an absolute path or a URI");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file:/my data/x.pt|model.checkpoint is file:/my data/x.pt; allowed: a file URI such as"
                        + " file:///folder/file, with %20 for a space and no host",
                "file://host/x|model.checkpoint is file://host/x; allowed: a file URI such as file:///folder/file,"
                        + " with %20 for a space and no host",
                "ftp://host/x|model.checkpoint is ftp://host/x; allowed: an absolute path, or a URI that begins with"
                        + " file:, s3: or https:",
                "hdfs:/x|model.checkpoint is hdfs:/x; allowed: an absolute path, or a URI that begins with file:, s3:"
                        + " or https:",
                "http://host/x|model.checkpoint is http://host/x; allowed: an absolute path, or a URI that begins with"
                        + " file:, s3: or https:",
                "HTTPS://h/x.safetensors?sig=1|model.checkpoint is HTTPS://h/x.safetensors?sig=1; allowed: an absolute"
                        + " path, or a URI that begins with file:, s3: or https:",
                "FILE:///data/x|model.checkpoint is FILE:///data/x; allowed: an absolute path, or a URI that begins"
                        + " with file:, s3: or https:",
                "S3://bucket/x|model.checkpoint is S3://bucket/x; allowed: an absolute path, or a URI that begins with"
                        + " file:, s3: or https:",
                "/x\\0y|model.checkpoint is /x\\0y; allowed: a text without the character \\0",
            })
    void aLocationThatNoFileCanHaveIsRefused(String location, String sentence) {
        String file = "{model: {family: replay, checkpoint: \"%s\"}}".formatted(location);
        assertThat(refusals(file)).containsExactly(sentence);
        assertThat(SearchFile.read(file, new Locations.RelativeTo(Path.of("/home/me"))))
                .isInstanceOf(SearchFile.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://bucket/x", "https://host/x", "file:///x", "/x", "/x:y"})
    void whatTheWorkersReadIsAccepted(String location) {
        assertThat(accepted("{model: {family: replay, checkpoint: \"%s\"}}".formatted(location))
                        .model()
                        .checkpoint())
                .isEqualTo(new Checkpoint.Stored(location));
    }

    private static SearchSpecification accepted(String file) {
        return ((SearchFile.Accepted) SearchFile.read(file, new Locations.AbsoluteOnly())).specification();
    }

    private static List<String> refusals(String file) {
        return ((SearchFile.Refused) SearchFile.read(file, new Locations.AbsoluteOnly()))
                .refusals().stream().map(Refusal::sentence).toList();
    }
}
