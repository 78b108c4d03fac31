package io.stepsampler.worker.input;

import java.util.List;

/** The S3 of a team that has none. */
record UnconfiguredS3(String team) implements Remote {

    @Override
    public RemoteFile file(String key, String location) throws Refusal {
        throw refusal(key, location);
    }

    @Override
    public List<RemoteFile> folder(String key, String location) throws Refusal {
        throw refusal(key, location);
    }

    private Refusal refusal(String key, String location) {
        return Refusal.policy(
                key,
                location,
                "team " + team + " has no S3 server here; stepsampler.s3.\"" + team + "\".access-key and its siblings"
                        + " give it one");
    }
}
