package io.stepsampler.messages;

/** The topics and groups of one deployment, all behind one prefix, which may be empty. */
public record TopicNames(String prefix) {

    public String searchRequests(String team) {
        return prefix + "search-requests." + team;
    }

    public String searches() {
        return prefix + "searches";
    }

    public String probes(String pool) {
        return prefix + "probes." + pool;
    }

    public String trials() {
        return prefix + "trials";
    }

    public String curves() {
        return prefix + "curves";
    }

    public String workers() {
        return prefix + "workers";
    }

    public String findings(String team) {
        return prefix + "findings." + team;
    }

    public String deadLetters() {
        return prefix + "dead-letters";
    }

    /** The share group in which the workers of a pool share its probes. */
    public String workerGroup(String pool) {
        return group("trial-workers." + pool);
    }

    /** The consumer group of that name. */
    public String group(String name) {
        return prefix + name;
    }
}
