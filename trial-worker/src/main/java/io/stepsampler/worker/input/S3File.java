package io.stepsampler.worker.input;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * An object of an S3 server.
 *
 * @param listed its version, where a listing has told it
 */
record S3File(
        S3Client client,
        String server,
        Address address,
        String name,
        @Nullable String listed) implements RemoteFile {

    private static final int FORBIDDEN = 403;
    private static final int MISSING = 404;
    private static final int TIMEOUT = 408;
    private static final int TOO_MANY = 429;
    private static final int FAULTS = 500;

    /**
     * @param key where the search names the location
     * @param location of the object, or of the folder that it is in
     * @param object its key in the bucket
     */
    record Address(String key, String location, String bucket, String object) {}

    @Override
    public String location() {
        return address.location();
    }

    @Override
    public String identity() {
        return server + " s3://" + address.bucket() + "/" + address.object();
    }

    @Override
    public Optional<String> version() throws Refusal {
        if (listed != null) {
            return Optional.of(listed);
        }
        return Optional.ofNullable(asking(
                        address.key(),
                        address.location(),
                        () -> client.headObject(
                                request -> request.bucket(address.bucket()).key(address.object())))
                .eTag());
    }

    @Override
    public Download open() throws Refusal {
        ResponseInputStream<GetObjectResponse> content = asking(
                address.key(),
                address.location(),
                () -> client.getObject(
                        request -> request.bucket(address.bucket()).key(address.object())));
        GetObjectResponse response = content.response();
        long bytes = response.contentLength() == null ? -1 : response.contentLength();
        return new Download(content, bytes, Optional.ofNullable(response.eTag()), content::abort);
    }

    /** The server has had its retries when this refuses. */
    static <T> T asking(String key, String location, Supplier<T> request) throws Refusal {
        try {
            return request.get();
        } catch (AwsServiceException e) {
            throw refusal(key, location, e);
        } catch (SdkException e) {
            throw Refusal.unavailable(key, location, "the S3 server does not answer (" + e.getMessage() + ")");
        }
    }

    private static Refusal refusal(String key, String location, AwsServiceException e) {
        int status = e.statusCode();
        if (status == MISSING) {
            return Refusal.badInput(key, location, "the S3 server has no such bucket or object");
        }
        if (status == FORBIDDEN) {
            return Refusal.policy(key, location, "the S3 server denies it to the team's access key");
        }
        if (status >= FAULTS || status == TIMEOUT || status == TOO_MANY) {
            return Refusal.unavailable(key, location, "the S3 server answers with the status " + status);
        }
        return Refusal.badInput(key, location, "the S3 server answers with the status " + status);
    }
}
