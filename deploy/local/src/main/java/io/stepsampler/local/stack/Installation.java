package io.stepsampler.local.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the packaged programs are: the folder of the project after its build. */
public record Installation(Path home) {

    /** The start script names the folder. */
    public static Installation current() {
        return new Installation(
                Path.of(System.getProperty("stepsampler.home", ".")).toAbsolutePath());
    }

    Path launcherJar() {
        return home.resolve("deploy/local/target/stepsampler.jar");
    }

    String launcherClassPath() {
        return launcherJar() + ":" + home.resolve("deploy/local/target/stepsampler/lib") + "/*";
    }

    Path service(String name) {
        return home.resolve(name).resolve("target/quarkus-app/quarkus-run.jar");
    }

    /** The program behind {@code stepsampler check}: it reads what its user can read, and runs any archive. */
    public List<String> checkCommand(int threads) {
        Path application = home.resolve("trial-worker/target/quarkus-app");
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "-XX:+UseSerialGC",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dstepsampler.threads=" + threads,
                "-Dstepsampler.roots=/",
                "-Dstepsampler.torchscript-allowed=true",
                "-cp",
                application + "/app/*:" + application + "/lib/main/*:" + application + "/lib/boot/*",
                "io.stepsampler.worker.check.CheckProcess");
    }

    public void check() throws StackFailure {
        for (String service : new String[] {"coordinator", "analyzer", "trial-worker"}) {
            if (!Files.exists(service(service))) {
                throw new StackFailure("the program of the " + service + " is not built: " + service(service)
                        + " is missing; build it with ./mvnw package -DskipTests");
            }
        }
    }
}
