package io.stepsampler.local.stack;

import java.nio.file.Files;
import java.nio.file.Path;

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

    void check() throws StackFailure {
        for (String service : new String[] {"coordinator", "analyzer", "trial-worker"}) {
            if (!Files.exists(service(service))) {
                throw new StackFailure("the program of the " + service + " is not built: " + service(service)
                        + " is missing; build it with ./mvnw package -DskipTests");
            }
        }
    }
}
