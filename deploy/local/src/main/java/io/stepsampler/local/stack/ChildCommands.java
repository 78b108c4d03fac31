package io.stepsampler.local.stack;

import io.stepsampler.messages.ApiKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The command line of each child.
 *
 * @param firstKey opens the coordinator
 */
record ChildCommands(Installation installation, StackOptions options, ApiKey firstKey) {

    private static final List<String> QUICK_START =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

    /** What a broker makes anew dies young; a third of the heap for it made it stand still for 50 ms at a time. */
    private static final List<String> KAFKA_HEAP = List.of("-Xmx384m", "-Xmn32m");

    ChildSpecification kafka(int port) {
        return host("kafka", "io.stepsampler.embedded.KafkaHost", KAFKA_HEAP, port);
    }

    ChildSpecification postgres(int port) {
        // little is needed, except for the first start of all: it unpacks Postgres in memory
        return host("postgres", "io.stepsampler.embedded.DatabaseHost", List.of("-Xmx384m"), port);
    }

    ChildSpecification coordinator(Backbone backbone, int port) {
        return withDatabase("coordinator", Map.of("STEPSAMPLER_IDENTITY_FIRST_KEY", firstKey.text()), backbone, port);
    }

    ChildSpecification analyzer(Backbone backbone, int port) {
        return withDatabase("analyzer", Map.of(), backbone, port);
    }

    ChildSpecification trialWorker(int number, Backbone backbone, int port) {
        List<String> settings = new ArrayList<>(List.of("-Xmx2g", "-XX:+UseSerialGC"));
        settings.add("-Dstepsampler.pool=default");
        settings.add("-Dstepsampler.threads=" + options.threads());
        settings.add("-Dstepsampler.roots=/");
        settings.add("-Dstepsampler.torchscript-allowed=true");
        return service("trial-worker", "trial-worker-" + number, settings, PyTorchMemory.ENVIRONMENT, backbone, port);
    }

    private ChildSpecification withDatabase(String name, Map<String, String> secrets, Backbone backbone, int port) {
        List<String> settings = new ArrayList<>(QUICK_START);
        settings.add("-Xmx256m");
        settings.add("-Dquarkus.datasource.jdbc.url=" + backbone.jdbcUrl());
        settings.add("-Dquarkus.datasource.username=" + name);
        Map<String, String> environment = new HashMap<>(secrets);
        environment.put("QUARKUS_DATASOURCE_PASSWORD", backbone.password(name));
        return service(name, name, settings, environment, backbone, port);
    }

    private ChildSpecification service(
            String program,
            String name,
            List<String> settings,
            Map<String, String> environment,
            Backbone backbone,
            int port) {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(settings);
        command.add("-Dquarkus.http.host=127.0.0.1");
        command.add("-Dquarkus.http.port=" + port);
        command.add("-Dquarkus.banner.enabled=false");
        command.add("-Dkafka.bootstrap.servers=" + backbone.bootstrapServers());
        command.add("-Dstepsampler.topic-prefix=");
        // nobody shares the reading of a topic here, and workers share a partition
        command.add("-Dstepsampler.partitions=1");
        command.add("-cp");
        command.add(installation.service(program) + ":" + installation.launcherJar());
        command.add(ChildMain.class.getName());
        command.add("io.quarkus.bootstrap.runner.QuarkusEntryPoint");
        return new ChildSpecification(name, command, environment, log(name), ReadySign.Health.of(port));
    }

    private ChildSpecification host(String name, String mainClass, List<String> heap, int port) {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(QUICK_START);
        command.addAll(heap);
        command.add("-cp");
        command.add(installation.launcherClassPath());
        command.add(mainClass);
        command.add(options.folder().resolve(name).toString());
        command.add(Integer.toString(port));
        return new ChildSpecification(name, command, Map.of(), log(name), new ReadySign.Line());
    }

    private Path log(String name) {
        return options.logs().resolve(name + ".log");
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
