package io.stepsampler.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {

    private static final JavaClasses WORKER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.stepsampler.worker");

    @ParameterizedTest
    @ValueSource(strings = {"data", "network", "script", "optimizer", "training", "replay", "isolation"})
    void theCoreKnowsNoFramework(String name) {
        classes()
                .that()
                .resideInAPackage("io.stepsampler.worker." + name + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.imageio..",
                        "ai.djl..",
                        "com.sun.jna..",
                        "com.fasterxml.jackson..",
                        "org.apache.commons.csv..",
                        "org.slf4j..",
                        "org.jspecify..",
                        "io.stepsampler.messages..",
                        "io.stepsampler.method",
                        "io.stepsampler.worker.input..",
                        "io.stepsampler.worker.data..",
                        "io.stepsampler.worker.network..",
                        "io.stepsampler.worker.script..",
                        "io.stepsampler.worker.optimizer..",
                        "io.stepsampler.worker.training..",
                        "io.stepsampler.worker.replay..",
                        "io.stepsampler.worker.isolation..")
                .allowEmptyShould(false)
                .check(WORKER);
    }

    /** Where files come from is the only part of the core that reaches the network. */
    @Test
    void onlyTheInputKnowsHttpAndS3() {
        classes()
                .that()
                .resideInAPackage("io.stepsampler.worker.input..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.net.ssl..",
                        "org.apache.hc..",
                        "org.slf4j..",
                        "org.jspecify..",
                        "software.amazon.awssdk..",
                        "io.stepsampler.messages..",
                        "io.stepsampler.worker.input..")
                .allowEmptyShould(false)
                .check(WORKER);
    }

    @Test
    void readingExamplesDoesNotDependOnTraining() {
        classes()
                .that()
                .resideInAPackage("io.stepsampler.worker.data..")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages("io.stepsampler.worker.training..", "io.stepsampler.worker.network..")
                .check(WORKER);
    }
}
